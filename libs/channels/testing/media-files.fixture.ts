import type { MediaKind } from '../fields.js';
import type { MediaFile } from '../media.js';

/** 8 × 8 pixels. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mNQCj+KFTEMLQkA58pPgTIqjkAAAAAASUVORK5CYII=';

/** A frame of silence in the lowest mode lasts 20 ms. */
const amr = (frames: number): Buffer =>
  Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(13 * frames, Buffer.of(4, ...Array<number>(12).fill(0)))]);

const SAMPLES: Readonly<Record<MediaKind, Omit<MediaFile, 'kind'>>> = {
  image: { fileName: '值班表.png', contentType: 'image/png', bytes: Buffer.from(PNG, 'base64') },
  voice: { fileName: 'voice.amr', contentType: 'audio/amr', bytes: amr(50) },
  video: {
    fileName: 'drill.mp4',
    contentType: 'video/mp4',
    bytes: Buffer.from('\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000mp42isom', 'latin1'),
  },
  file: { fileName: '排班 "八月".pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF\n') },
};

/** A small file of the kind that every vendor takes. */
export const makeMediaFile = (kind: MediaKind, overrides: Partial<MediaFile> = {}): MediaFile => ({
  kind,
  ...SAMPLES[kind],
  ...overrides,
});
