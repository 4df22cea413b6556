import { describe, expect, it } from '@jest/globals';
import type { ChannelDefinition, FieldDescriptor, MediaRule, MediaSupport } from '#libs/channels';
import { formFor, misfitOf } from './media-form.js';
import { makeAsset } from './testing/factories.js';

type Channel = Pick<ChannelDefinition, 'media' | 'name'>;

const channelWith = (media: Partial<MediaSupport>): Channel => ({
  name: 'test',
  media: { rules: {}, forms: [], upload: () => Promise.reject(new Error('no')), ...media },
});

const fieldOf = (changes: Partial<FieldDescriptor>): FieldDescriptor => ({
  name: 'media_id',
  type: 'media',
  label: { zh: '', en: '' },
  required: true,
  media: 'image',
  accepts: ['media_id'],
  ...changes,
});

const pictures = (rule: MediaRule): Channel => channelWith({ rules: { image: rule }, forms: ['media_id'] });

describe('the form of an asset in a field', () => {
  it('is the first one that the field accepts and the channel can make', () => {
    const any = { image: { maxBytes: 10 } };
    expect(formFor(channelWith({ rules: any, forms: ['media_id'] }), fieldOf({ accepts: ['url', 'media_id'] }))).toBe(
      'media_id',
    );
    expect(formFor(channelWith({ rules: any, forms: ['media_id', 'url'] }), fieldOf({ accepts: ['url'] }))).toBe('url');
    expect(formFor({ name: 'test' }, fieldOf({ accepts: ['base64'] }))).toBe('base64');
  });

  it('does not exist where the channel cannot make it', () => {
    const onlyFiles = channelWith({ rules: { file: { maxBytes: 10 } }, forms: ['media_id'] });
    expect(formFor(onlyFiles, fieldOf({}))).toBeUndefined();
    expect(misfitOf(onlyFiles, fieldOf({ accepts: ['url'] }), makeAsset())).toMatchObject({
      code: 'asset_not_supported',
    });
    expect(formFor({ name: 'test' }, fieldOf({}))).toBeUndefined();
  });
});

describe('the address of an asset', () => {
  it('has rules of its own where the channel says so', () => {
    const media = { rules: pictures({ maxBytes: 5_000 }).media?.rules ?? {}, forms: ['media_id', 'url'] as const };
    const narrow = channelWith({ ...media, urlRules: { image: { maxBytes: 999 } } });
    const field = fieldOf({ accepts: ['url'] });
    expect(misfitOf(narrow, field, makeAsset())).toMatchObject({ code: 'asset_size_not_accepted', limit: 999 });
    expect(misfitOf(narrow, fieldOf({}), makeAsset())).toBeUndefined();
    expect(misfitOf(channelWith(media), field, makeAsset())).toBeUndefined();
    expect(formFor(channelWith({ ...media, urlRules: {} }), field)).toBeUndefined();
  });
});

describe('an asset fits', () => {
  const field = fieldOf({});

  it('when kind, format and size are what the vendor takes', () => {
    expect(misfitOf(pictures({ minBytes: 1_000, maxBytes: 1_000, formats: ['png'] }), field, makeAsset())).toBe(
      undefined,
    );
  });

  it.each([
    ['asset_kind_mismatch', { kind: 'voice' as const }],
    ['asset_format_not_accepted', { format: 'gif' }],
    ['asset_size_not_accepted', { sizeBytes: 2_001 }],
    ['asset_size_not_accepted', { sizeBytes: 5 }],
  ])('otherwise not: %s', (code, changes) => {
    const channel = pictures({ minBytes: 6, maxBytes: 2_000, formats: ['jpg', 'png'] });
    expect(misfitOf(channel, field, makeAsset(changes))).toMatchObject({ code });
  });

  it('as a file whatever it is, as long as the vendor knows the format by bytes or name', () => {
    const file = fieldOf({ media: 'file' });
    const anything = channelWith({ rules: { file: { maxBytes: 2_000 } }, forms: ['media_id'] });
    expect(misfitOf(anything, file, makeAsset())).toBeUndefined();
    const documents = channelWith({ rules: { file: { maxBytes: 2_000, formats: ['docx'] } }, forms: ['media_id'] });
    expect(misfitOf(documents, file, makeAsset({ kind: 'file', format: 'zip', fileName: 'a.docx' }))).toBeUndefined();
    expect(misfitOf(documents, file, makeAsset())).toMatchObject({ code: 'asset_format_not_accepted' });
  });

  it('into a message itself when the field says so', () => {
    const inline = fieldOf({ accepts: ['base64'], maxBytes: 1_002 });
    expect(misfitOf({ name: 'test' }, inline, makeAsset())).toBeUndefined();
    expect(misfitOf({ name: 'test' }, { ...inline, formats: ['jpg'] }, makeAsset())).toMatchObject({
      code: 'asset_format_not_accepted',
    });
    expect(misfitOf({ name: 'test' }, inline, makeAsset({ sizeBytes: 1_003 }))).toMatchObject({
      code: 'asset_size_not_accepted',
      limit: 1_002,
      actual: 1_003,
    });
  });
});
