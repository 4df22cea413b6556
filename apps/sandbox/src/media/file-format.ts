/** The formats that the vendors tell apart. */
export type FileFormat = 'png' | 'jpg' | 'gif' | 'bmp' | 'amr' | 'mp3' | 'wav' | 'mp4' | 'pdf' | 'zip' | 'rar' | 'ole';

/** Where a format's first bytes stand; a mask is not needed for any of them. */
const SIGNATURES: readonly (readonly [FileFormat, number, string])[] = [
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpg', 0, '\xff\xd8\xff'],
  ['gif', 0, 'GIF8'],
  ['bmp', 0, 'BM'],
  ['amr', 0, '#!AMR\n'],
  ['mp3', 0, 'ID3'],
  ['mp3', 0, '\xff\xfb'],
  ['mp3', 0, '\xff\xf3'],
  ['wav', 8, 'WAVE'],
  ['mp4', 4, 'ftyp'],
  ['pdf', 0, '%PDF-'],
  ['zip', 0, 'PK\x03\x04'],
  ['rar', 0, 'Rar!\x1a\x07'],
  ['ole', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
];

/** What the first bytes say; undefined for text and everything else. */
export function formatOf(data: Buffer): FileFormat | undefined {
  const found = SIGNATURES.find(
    ([, at, signature]) => data.toString('latin1', at, at + signature.length) === signature,
  );
  return found?.[0];
}

/** Bytes of a frame by its type; what is missing is reserved and holds no sound. */
const FRAME_BYTES: readonly number[] = [13, 14, 16, 18, 20, 21, 27, 32, 6];
const FRAME_MS = 20;

/** How long an AMR recording lasts. */
export function amrDurationMs(data: Buffer): number {
  let frames = 0;
  for (let at = '#!AMR\n'.length; at < data.length; frames += 1) at += FRAME_BYTES[((data[at] ?? 0) >> 3) & 15] ?? 1;
  return frames * FRAME_MS;
}
