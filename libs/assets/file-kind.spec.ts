import { describe, expect, it } from '@jest/globals';
import { isFormatOf, recogniseFile } from './file-kind.js';
import { SAMPLES } from './testing/factories.js';

describe('what the bytes of a file say', () => {
  it.each([
    ['png', 'image', 'image/png', 'png'],
    ['jpg', 'image', 'image/jpeg', 'jpg'],
    ['gif', 'image', 'image/gif', 'gif'],
    ['amr', 'voice', 'audio/amr', 'amr'],
    ['mp3', 'voice', 'audio/mpeg', 'mp3'],
    ['mp4', 'video', 'video/mp4', 'mp4'],
    ['pdf', 'file', 'application/pdf', 'pdf'],
  ] as const)('of %s: %s, %s', async (sample, kind, contentType, format) => {
    await expect(recogniseFile(SAMPLES[sample], 'misleading.txt')).resolves.toEqual({ kind, contentType, format });
  });

  it('nothing of a plain text: then the name tells the format', async () => {
    const text = Buffer.from('出库单 1024\n');
    const anything = { kind: 'file', contentType: 'application/octet-stream' };
    await expect(recogniseFile(text, '出库单.TXT')).resolves.toEqual({ ...anything, format: 'txt' });
    await expect(recogniseFile(text, 'README')).resolves.toEqual({ ...anything, format: '' });
  });

  it('not which office program wrote an old document: then the name tells', async () => {
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
    await expect(recogniseFile(compound, 'rota.xls')).resolves.toMatchObject({ kind: 'file', format: 'xls' });
  });

  it('takes names of one format for the same', () => {
    expect(isFormatOf(['jpeg', 'png'], 'jpg')).toBe(true);
    expect(isFormatOf(['ogg', 'amr'], 'opus')).toBe(true);
    expect(isFormatOf(['amr'], 'mp3')).toBe(false);
  });
});
