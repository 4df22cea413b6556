import type { MediaType, NewUpload } from './uploads.service.js';

type DemoFile = Pick<NewUpload, 'type' | 'fileName' | 'contentType' | 'data'>;

/** 160 × 100 pixels of blue. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAKAAAABkCAIAAACO1KzYAAAAsUlEQVR42u3RAQkAAAgEsc9iKRPbyxoig0twS/XocbEAsAALsAALsAALMGABFmABFmABFmDAAizAAizAAizAAgxYgAVYgAVYgAUYsAALsAALsAALMGABFmABFmABFmABBizAAizAAizAAgxYgAVYgAVYgAUYsAuABViABViABViAAQuwAAuwAAuwAAMWYAEWYAEWYAEWYMACLMACLMACLMCABViABViABViAAQuwAOteC3k1p4RPqL8nAAAAAElFTkSuQmCC';

/** A second of silence. */
const VOICE = Buffer.concat([
  Buffer.from('#!AMR\n'),
  Buffer.alloc(50 * 13, Buffer.of(4, ...Array<number>(12).fill(0))),
]);

/** The head of a video without pictures. */
const VIDEO = Buffer.from('\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000mp42isom', 'latin1');

/** What stands behind the demo ids of both vendors. */
export const DEMO_FILES: Readonly<Record<MediaType, DemoFile>> = {
  image: { type: 'image', fileName: 'demo.png', contentType: 'image/png', data: Buffer.from(PICTURE, 'base64') },
  voice: { type: 'voice', fileName: 'demo.amr', contentType: 'audio/amr', data: VOICE },
  video: { type: 'video', fileName: 'demo.mp4', contentType: 'video/mp4', data: VIDEO },
  file: { type: 'file', fileName: 'demo.pdf', contentType: 'application/pdf', data: Buffer.from('%PDF-1.4\n%%EOF\n') },
};
