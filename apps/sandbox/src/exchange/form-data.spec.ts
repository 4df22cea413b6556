import { describe, expect, it } from '@jest/globals';
import { formPartsOf } from './form-data.js';
import type { VendorCall } from './vendor-call.js';

const TYPE = 'multipart/form-data; boundary=b';

const makeCall = (body: string, contentType = TYPE): VendorCall => ({
  method: 'POST',
  path: '/',
  query: {},
  headers: { 'content-type': contentType },
  rawBody: '',
  bytes: Buffer.from(body),
  ip: '127.0.0.1',
});

const part = (disposition: string, data = 'x'): string =>
  `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${data}\r\n`;

describe('formPartsOf', () => {
  it('reads files and fields, with names in UTF-8', () => {
    const body = `${part('name="type"', 'image')}${part('name="media"; filename="出库单.txt"; filelength=3', 'a\r\n')}--b--\r\n`;
    const parts = formPartsOf(makeCall(body)) ?? [];
    expect(parts.map(({ name, fileName, data }) => [name, fileName, data.toString()])).toEqual([
      ['type', undefined, 'image'],
      ['media', '出库单.txt', 'a\r\n'],
    ]);
  });

  it('does not take a field called filename, nor an encoded name, for a file', () => {
    const body = `${part('name="filename"')}${part('name="media"; filename*=UTF-8\'\'a.txt')}--b--`;
    expect(formPartsOf(makeCall(body))?.map(({ fileName }) => fileName)).toEqual([undefined, undefined]);
  });

  it.each<[string, string, string]>([
    ['without a boundary', `${part('name="a"')}--b--`, 'multipart/form-data'],
    ['with another boundary', `${part('name="a"')}--b--`, 'multipart/form-data; boundary=c'],
    ['that is never closed', part('name="a"'), TYPE],
    ['that is cut in its data', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nhal', TYPE],
    ['with a part without name', `${part('filename="a"')}--b--`, TYPE],
    ['that is JSON', '{}', TYPE],
    ['that is empty', '', TYPE],
  ])('refuses a body %s', (_name, body, contentType) => {
    expect(formPartsOf(makeCall(body, contentType))).toBeUndefined();
  });
});
