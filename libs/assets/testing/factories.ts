import type { ChannelDefinition } from '#libs/channels';
import type { AssetEntity } from '../asset.entity.js';

export const CALLER = '0197c2f4-7a00-7000-8000-00000000ca11';
export const ASSET_ID = '0197c2f4-7a00-7000-8000-0000000a55e7';

/** The smallest PNG, JPEG, GIF, AMR, MP3, MP4 and PDF that their readers recognise. */
export const SAMPLES = {
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOQz38NAAIqAXp4ksuCAAAAAElFTkSuQmCC',
    'base64',
  ),
  jpg: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
  gif: Buffer.from('GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;', 'latin1'),
  amr: Buffer.from('#!AMR\n\u0004\u0000\u0000\u0000\u0000\u0000\u0000', 'latin1'),
  mp3: Buffer.from(`ID3\u0004\u0000\u0000\u0000\u0000\u0000\u0000\xff\xfb\x90\x00${'\u0000'.repeat(420)}`, 'latin1'),
  mp4: Buffer.from('0000001866747970697336640000020069736f6d6d703432', 'hex'),
  pdf: Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nendobj\ntrailer\n%%EOF\n', 'latin1'),
} as const;

/** A picture of 1,000 bytes. */
export const makeAsset = (changes: Partial<AssetEntity> = {}): AssetEntity => ({
  id: ASSET_ID,
  callerId: CALLER,
  fileName: 'picture.png',
  contentType: 'image/png',
  format: 'png',
  kind: 'image',
  sizeBytes: 1_000,
  sha256: Buffer.alloc(32),
  createdAt: new Date('2026-11-22T02:00:00.000Z'),
  ...changes,
});

/** The same channel, with a vendor that takes every kind of file in every form. */
export const withMedia = (channel: ChannelDefinition): ChannelDefinition => {
  const rule = { maxBytes: 20 * 1024 * 1024 };
  return {
    ...channel,
    media: {
      rules: { image: rule, voice: rule, video: rule, file: rule },
      forms: ['media_id', 'url'],
      upload: () => Promise.reject(new Error('nothing is uploaded here')),
    },
  };
};
