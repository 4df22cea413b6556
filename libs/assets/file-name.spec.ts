import { describe, expect, it } from '@jest/globals';
import { safeFileName } from './file-name.js';

describe('the name of a file', () => {
  it.each([
    ['出库单.txt', '出库单.txt'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\report.pdf', 'report.pdf'],
    ['a"b\r\nX-Evil: 1.png', 'abX-Evil: 1.png'],
    ['a\u202egnp.exe', 'agnp.exe'],
    ['.png', 'file.png'],
    ['..', 'file'],
    ['', 'file'],
    ['a\u0000b', 'a\ufffdb'],
  ])('%j becomes %j', (given, safe) => {
    expect(safeFileName(given)).toBe(safe);
  });

  it('keeps its extension when it is cut', () => {
    const cut = safeFileName(`${'长'.repeat(300)}.docx`);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(200);
    expect(cut.endsWith('….docx')).toBe(true);
  });
});
