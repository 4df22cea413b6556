import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { TableFileError } from './file-error.js';

/** Encodings of text files, as `TextDecoder` names them. */
export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const MARKS: readonly (readonly [bytes: readonly number[], encoding: Encoding])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** The texts of a file, piece by piece. @throws TableFileError `encoding_unclear` at bytes that the encoding cannot have */
export async function* decodedTexts(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const bytes of createReadStream(path)) yield decode(decoder, bytes as Buffer, encoding);
  yield decode(decoder, undefined, encoding);
}

function decode(decoder: TextDecoder, bytes: Buffer | undefined, encoding: Encoding): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch (cause) {
    if (!isForeignBytes(cause)) throw cause;
    throw new TableFileError('encoding_unclear', `the file holds bytes that are not ${encoding}`);
  }
}

const isForeignBytes = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

/**
 * How a text file is encoded: by its byte order mark; UTF-8 when all of it is; else GB18030, which Excel writes in China.
 * @throws TableFileError `encoding_unclear` when it can be neither
 */
export async function detectEncoding(path: string): Promise<Encoding> {
  const marked = await markOf(path);
  if (marked) return marked;
  for (const encoding of ['utf-8', 'gb18030'] as const) if (await fits(path, encoding)) return encoding;
  throw new TableFileError('encoding_unclear', 'the file is neither UTF-8 nor GB18030: name its encoding');
}

async function markOf(path: string): Promise<Encoding | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0);
    const begins = (bytes: readonly number[]): boolean =>
      bytes.length <= bytesRead && bytes.every((byte, index) => buffer[index] === byte);
    return MARKS.find(([bytes]) => begins(bytes))?.[1];
  } finally {
    await file.close();
  }
}

async function fits(path: string, encoding: Encoding): Promise<boolean> {
  try {
    for await (const text of decodedTexts(path, encoding)) if (text.includes('\u0000')) return false;
    return true;
  } catch (error) {
    if (error instanceof TableFileError) return false;
    throw error;
  }
}
