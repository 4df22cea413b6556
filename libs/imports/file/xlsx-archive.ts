import { promisify } from 'node:util';
import type { Readable } from 'node:stream';
import { open, type Entry, type Options, type ZipFile } from 'yauzl';
import { TableFileError } from './file-error.js';
import { FILE_LIMITS } from './file-limits.js';

const openZip = promisify<string, Options, ZipFile>(open);

const unreadable = (cause: unknown): TableFileError =>
  new TableFileError(
    'file_unreadable',
    `the workbook cannot be opened: ${cause instanceof Error ? cause.message : 'damaged'}`,
  );

/** The parts of a workbook, unpacked while they are read. What a part claims about its size is not believed. */
export class XlsxArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws TableFileError `file_unreadable`, `file_too_large` */
  static async open(path: string): Promise<XlsxArchive> {
    const zip = await openZip(path, { lazyEntries: true, autoClose: false }).catch((cause: unknown) => {
      throw unreadable(cause);
    });
    try {
      return new XlsxArchive(zip, await entriesOf(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The text of a part, piece by piece. @throws TableFileError */
  async *texts(name: string, maxBytes: number = FILE_LIMITS.partBytes): AsyncGenerator<string> {
    const entry = this.entries.get(name);
    if (!entry) throw new TableFileError('file_unreadable', `the workbook has no part ${name}`);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let size = 0;
    try {
      for await (const chunk of await this.stream(entry)) {
        size += (chunk as Buffer).length;
        if (size > maxBytes) throw tooLarge(name);
        yield decoder.decode(chunk as Buffer, { stream: true });
      }
      yield decoder.decode();
    } catch (error) {
      throw error instanceof TableFileError ? error : unreadable(error);
    }
  }

  close(): void {
    this.zip.close();
  }

  private stream(entry: Entry): Promise<Readable> {
    return new Promise((resolve, reject) => {
      this.zip.openReadStream(entry, (error, stream) => (error ? reject(unreadable(error)) : resolve(stream)));
    });
  }
}

const tooLarge = (name: string): TableFileError =>
  new TableFileError('file_too_large', `the part ${name} of the workbook is too large when it is unpacked`);

function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('error', (error: unknown) => reject(unreadable(error)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      if (entries.size > FILE_LIMITS.archiveEntries) reject(tooLarge('list'));
      else zip.readEntry();
    });
    zip.readEntry();
  });
}
