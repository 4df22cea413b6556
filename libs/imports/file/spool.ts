import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TableFileError } from './file-error.js';
import { FILE_LIMITS } from './file-limits.js';

/** Hands `work` the path of a temporary file that holds the stream, and removes it afterwards. @throws TableFileError */
export async function withSpooled<T>(source: Readable, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'hongyan-import-'));
  try {
    const path = join(folder, 'upload');
    await pipeline(source, limited(FILE_LIMITS.bytes), createWriteStream(path, { mode: 0o600 }));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function limited(most: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size <= most) done(null, chunk);
      else done(new TableFileError('file_too_large', `the file is larger than ${most} bytes`, { limit: most }));
    },
  });
}
