import { describe, expect, it } from '@jest/globals';
import type { MediaFile } from './media.js';
import { multipartOf } from './multipart.js';

const makeFile = (overrides: Partial<MediaFile> = {}): MediaFile => ({
  kind: 'file',
  fileName: 'rota.txt',
  contentType: 'text/plain',
  bytes: Buffer.from('Alice, Bob'),
  ...overrides,
});

const textOf = (file: MediaFile): string => Buffer.from(multipartOf(file).bytes).toString();

/** The name as any other reader of the standard understands it. */
async function readBack(file: MediaFile): Promise<File> {
  const { bytes, contentType } = multipartOf(file);
  const form = await new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': contentType },
  }).formData();
  const part = form.get('media');
  if (typeof part === 'string' || part === null) throw new TypeError('no file part');
  return part;
}

describe('a multipart body', () => {
  it('holds one part, with exactly these bytes', () => {
    const { bytes, contentType } = multipartOf(makeFile({ fileName: '出库单.txt' }), { withLength: true });
    const boundary = contentType.replace('multipart/form-data; boundary=', '');
    expect(boundary).toMatch(/^hongyan-[0-9a-f]{36}$/);
    expect(Buffer.from(bytes).toString()).toBe(
      `--${boundary}\r\n` +
        'Content-Disposition: form-data; name="media"; filename="出库单.txt"; filelength=10\r\n' +
        'Content-Type: text/plain\r\n' +
        '\r\n' +
        'Alice, Bob\r\n' +
        `--${boundary}--\r\n`,
    );
  });

  it('leaves the bytes of a file alone, whatever they are', async () => {
    const bytes = Buffer.from(Array.from({ length: 1024 }, (_, n) => n % 256));
    const file = await readBack(makeFile({ bytes }));
    expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
  });

  it('uses another boundary each time', () => {
    expect(multipartOf(makeFile()).contentType).not.toBe(multipartOf(makeFile()).contentType);
  });

  it.each([
    ['排班表.xlsx', '排班表.xlsx'],
    ['a "quoted" name.txt', "a 'quoted' name.txt"],
    ['a.txt"\r\nContent-Type: text/html\r\n\r\n<b>', "a.txt'Content-Type: text_html<b>"],
    ['..\\..\\etc/passwd', '.._.._etc_passwd'],
    ['\u2028\u0000 \n', 'file'],
    ['', 'file'],
  ])('makes the name %j harmless', async (fileName, expected) => {
    const file = makeFile({ fileName });
    expect(textOf(file).split('\r\n')[1]).toBe(`Content-Disposition: form-data; name="media"; filename="${expected}"`);
    expect((await readBack(file)).name).toBe(expected);
  });

  it.each([
    ['image/png', 'image/png'],
    ['text/plain; charset=utf-8', 'application/octet-stream'],
    ['text/plain\r\nx-injected: 1', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('states the content type %j as %s', (contentType, expected) => {
    expect(textOf(makeFile({ contentType })).split('\r\n')[2]).toBe(`Content-Type: ${expected}`);
  });
});
