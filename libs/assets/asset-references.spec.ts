import { describe, expect, it } from '@jest/globals';
import { CHANNELS, bodyOf, checkRendered, contentKindOf, examplesOf, shapeOf, type Content } from '#libs/channels';
import type { ClassOf, JsonObject, JsonValue } from '#libs/core';
import { assetReferences, mediaTexts, withVendorForms } from './asset-references.js';
import { formFor } from './media-form.js';
import { ASSET_ID, withMedia } from './testing/factories.js';

/** Every example of every kind of every channel that is registered. */
const EXAMPLES = CHANNELS.flatMap((channel) =>
  channel.contents.flatMap((type) =>
    examplesOf(type).map((example, index) => {
      const { kind } = contentKindOf(type);
      return {
        name: `${channel.name} ${kind} ${index}`,
        channel,
        type,
        content: { kind, ...example } satisfies Content,
      };
    }),
  ),
);

const holderOf = (root: JsonObject, path: readonly (string | number)[]): Record<string, JsonValue> =>
  path
    .slice(0, -1)
    .reduce((value, step) => value[step] as Record<string, JsonValue>, root as Record<string, JsonValue>);

/** The content with a reference in every media text that it has. */
function withReferences(type: ClassOf<object>, content: Content): Content {
  const copy = structuredClone(content);
  for (const { path } of mediaTexts(type, bodyOf(content))) {
    holderOf(copy, path)[String(path.at(-1))] = `asset:${ASSET_ID}`;
  }
  return copy;
}

/** A text that the field takes from whoever has no asset. */
const VENDOR_FORMS = { media_id: '@vendor-1', url: 'https://vendor.example/1.png', base64: 'iVBO' } as const;

describe('the assets in the contents of every channel', () => {
  const withTexts = EXAMPLES.filter(({ content, type }) => mediaTexts(type, bodyOf(content)).length > 0);

  it('stand in the examples of most channels', () => {
    expect(new Set(withTexts.map(({ channel }) => channel.name)).size).toBe(CHANNELS.length);
  });

  it.each(withTexts)('all become what the vendor takes: $name', ({ channel, content, type }) => {
    const named = withReferences(type, content);
    const references = assetReferences(type, named);
    expect(references).toHaveLength(mediaTexts(type, bodyOf(content)).length);
    const written = withVendorForms(type, named, ({ field }) => {
      const form = formFor(withMedia(channel), field);
      if (!form) throw new TypeError(`${field.name} takes no form that can be made`);
      return VENDOR_FORMS[form];
    });
    expect(JSON.stringify(written)).not.toContain('asset');
    expect(assetReferences(type, written)).toEqual([]);
    expect(checkRendered(type, bodyOf(written), [])).toEqual([]);
    expect(named).toEqual(withReferences(type, content));
  });

  it.each(EXAMPLES.filter(({ content, type }) => shortTargetOf(type, content) !== undefined))(
    'may be written short: $name',
    ({ content, type }) => {
      const target = shortTargetOf(type, content) ?? '';
      const { [target]: _own, ...rest } = content as Content;
      const short = { ...rest, asset: ASSET_ID } as unknown as Content;
      expect(assetReferences(type, short)).toMatchObject([{ assetId: ASSET_ID, isCrowded: false, path: ['asset'] }]);
      const written = withVendorForms(type, short, () => 'vendor-1');
      expect(written).not.toHaveProperty('asset');
      expect(written).toHaveProperty(target, 'vendor-1');
      expect(assetReferences(type, { ...short, [target]: 'vendor-1' })).toMatchObject([{ isCrowded: true }]);
    },
  );
});

/** The field that the kind's short form stands for. */
function shortTargetOf(type: ClassOf<object>, content: Content): string | undefined {
  const [text] = mediaTexts(shapeOf(type, content), { asset: 'x' });
  return text?.field.name;
}

describe('a content without assets', () => {
  const [first] = EXAMPLES;

  it('is left as it is, the very same object', () => {
    if (!first) throw new TypeError('there is no channel');
    expect(withVendorForms(first.type, first.content, () => 'never')).toBe(first.content);
  });
});
