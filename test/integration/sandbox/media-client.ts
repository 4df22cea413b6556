import { makeMediaFile } from '../../../libs/channels/testing/media-files.fixture.js';
import type { SandboxClient, Answer } from './sandbox-client.js';

/** One part of a form, as a test wants it. */
export interface Part {
  readonly name?: string;
  readonly fileName?: string;
  readonly data: Buffer;
}

export type Kind = 'image' | 'voice' | 'video' | 'file';

/** A small file of the kind, as a form part. */
export const sample = (kind: Kind, overrides: Partial<Part> = {}): Part => {
  const { fileName, bytes } = makeMediaFile(kind);
  return { fileName: fileName.replaceAll('"', ''), data: Buffer.from(bytes), ...overrides };
};

/** A file that begins like one of the kind and has this size. */
export const withHead = (kind: Kind, size: number): Part => {
  const { data } = sample(kind);
  return sample(kind, { data: Buffer.concat([data, Buffer.alloc(size - data.length)]) });
};

const boundary = 'test-boundary';

function bodyOf({ name = 'media', fileName, data }: Part): Buffer {
  const file = fileName === undefined ? '' : `; filename="${fileName}"`;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), data, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** Uploads one part to a path of a fake vendor. */
export async function upload(client: SandboxClient, path: string, part: Part): Promise<Answer> {
  const response = await fetch(`${client.url}${path}`, {
    method: 'POST',
    body: new Uint8Array(bodyOf(part)),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
