import { describe, expect, it } from '@jest/globals';
import type { Field } from '../../api/types.js';
import { Look } from './look.js';

const label = { zh: '字段', en: 'Field' };
const field = (name: string, more: Partial<Field>): Field => ({
  name,
  label,
  kind: 'text',
  type: 'text',
  required: false,
  ...more,
});

describe('the look of a content', () => {
  it('finds parts in groups that have none themselves', () => {
    const body = field('body', { type: 'object', fields: [field('head', { part: 'title' })] });
    expect(new Look([body], { body: { head: 'Paid' } }).text('title')).toBe('Paid');
  });

  it('has the fields of the variant that is chosen', () => {
    const variants = ['a', 'b'].map((value) => ({
      value,
      label,
      example: {},
      fields: [field(value, { part: 'text' })],
    }));
    const look = new Look([field('type', { type: 'choice', variants })], { type: 'b', a: 'not seen', b: 'seen' });
    expect(look.text('text')).toBe('seen');
  });

  it('shows what the vendor takes for an empty text', () => {
    const look = new Look([field('button', { part: 'footer', default: 'Details' })], { button: '' });
    expect(look.text('footer')).toBe('Details');
  });

  it('reads assets in both ways, and bytes', () => {
    const media = { media: 'image', accepts: ['base64'] } as const;
    const of = (name: string, value: string, more: Partial<Field>) =>
      new Look([field(name, { media: 'image', ...more })], { [name]: value }).file();
    expect(of('a', 'asset:1', { accepts: ['url'] })).toMatchObject({ isAsset: true, reference: '1' });
    expect(of('b', '1', { shortFor: 'a' })).toMatchObject({ isAsset: true, reference: '1' });
    expect(of('c', 'iVBO', { accepts: [...media.accepts] })).toMatchObject({ isBytes: true, isAsset: false });
  });

  it('is not known without parts', () => {
    expect(new Look([field('a', {})], { a: 'x' }).isKnown).toBe(false);
  });
});
