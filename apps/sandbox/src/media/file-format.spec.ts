import { describe, expect, it } from '@jest/globals';
import { amrDurationMs, formatOf } from './file-format.js';

describe('formatOf', () => {
  it.each([
    ['\x89PNG\r\n\x1a\nrest', 'png'],
    ['\xff\xd8\xff\xe0', 'jpg'],
    ['#!AMR\n', 'amr'],
    ['\0\0\0\x18ftypmp42', 'mp4'],
    ['RIFF\0\0\0\0WAVEfmt ', 'wav'],
    ['PK\x03\x04', 'zip'],
    ['#!AMR-WB\n', undefined],
    ['plain text', undefined],
    ['', undefined],
  ])('sees in %j the format %s', (text, format) => {
    expect(formatOf(Buffer.from(text, 'latin1'))).toBe(format);
  });
});

describe('amrDurationMs', () => {
  it('counts frames of 20 ms, whatever their mode', () => {
    const slow = Buffer.alloc(13, Buffer.of(0x04, ...Array<number>(12).fill(0)));
    const fast = Buffer.alloc(32, Buffer.of(0x3c, ...Array<number>(31).fill(0)));
    const header = Buffer.from('#!AMR\n');
    expect(amrDurationMs(header)).toBe(0);
    expect(amrDurationMs(Buffer.concat([header, slow, fast, slow]))).toBe(60);
  });
});
