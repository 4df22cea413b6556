import { describe, expect, it } from '@jest/globals';
import { ContentKind, checkRendered } from './content.js';
import { fieldsOf } from './fields.js';
import { AssetField, MediaField } from './media-field.js';

const label = { zh: '素材', en: 'Media' };

@ContentKind({ kind: 'media', label, example: {} })
class Media {
  @MediaField({ label, media: 'file', accepts: ['media_id'], required: false })
  id?: string;

  @MediaField({ label, media: 'image', accepts: ['url'], required: false })
  picture?: string;

  @MediaField({ label, media: 'image', accepts: ['media_id', 'url'], required: false })
  either?: string;

  @MediaField({ label, media: 'image', accepts: ['base64'], required: false })
  data?: string;

  @AssetField({ media: 'file', shortFor: 'id' })
  asset?: string;
}

describe('a media field', () => {
  it('is described by what it holds and takes', () => {
    expect(fieldsOf(Media)).toMatchObject([
      { name: 'id', type: 'media', media: 'file', accepts: ['media_id'], format: 'key' },
      { name: 'picture', type: 'media', media: 'image', accepts: ['url'], format: 'url' },
      { name: 'either', type: 'media', format: 'key' },
      { name: 'data', type: 'media', format: 'key' },
      { name: 'asset', type: 'media', media: 'file', accepts: [], shortFor: 'id' },
    ]);
  });

  it.each<[string, Record<string, string>]>([
    ['an id of the vendor', { id: '3Fil-1', either: '@lADPa' }],
    ['an asset', { id: 'asset:01h', picture: 'asset:01h', either: 'asset:01h', data: 'asset:01h' }],
    ['an address where the vendor takes one', { picture: 'https://e.cn/a.png', either: 'http://e.cn/a.png' }],
    ['bytes where the vendor takes them', { data: Buffer.alloc(1_000_000, 7).toString('base64') }],
    ['the short form', { asset: '01h' }],
  ])('takes %s', (_name, body) => {
    expect(checkRendered(Media, body, [])).toEqual([]);
  });

  it.each([
    { picture: '3Img-1' },
    { picture: 'asset:' },
    { data: 'https://e.cn/a.png' },
    { data: 'abc' },
    { asset: '' },
  ])('refuses what the vendor could not read: %j', (body) => {
    expect(checkRendered(Media, body, [])).toHaveLength(1);
  });
});
