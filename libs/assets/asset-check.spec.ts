import { beforeEach, describe, expect, it } from '@jest/globals';
import { CHANNELS, contentKindOf, type ChannelDefinition, type Content } from '#libs/channels';
import { AssetCheck, assetsSeenBy, type CheckedContent } from './asset-check.js';
import type { AssetReader } from './asset-reader.js';
import { mediaTexts } from './asset-references.js';
import { ASSET_ID, CALLER, makeAsset, withMedia } from './testing/factories.js';

const OTHER = '0197c2f4-7a00-7000-8000-00000000ca12';

/** Some kind of some channel with the short form. */
function shortKind(): { readonly channel: ChannelDefinition; readonly contentClass: CheckedContent['contentClass'] } {
  for (const channel of CHANNELS.map(withMedia)) {
    for (const contentClass of channel.contents) {
      const [text] = mediaTexts(contentClass, { asset: 'x' });
      if (text?.isShort && text.field.media === 'image') return { channel, contentClass };
    }
  }
  throw new TypeError('no kind has the short form');
}

describe('the assets of contents', () => {
  const asked: string[][] = [];
  const reader = {
    find: (ids: readonly string[]) => {
      asked.push([...ids]);
      return Promise.resolve(new Map([[ASSET_ID, makeAsset()]]));
    },
  } as unknown as AssetReader;
  const check = new AssetCheck(reader);
  const { channel, contentClass } = shortKind();

  beforeEach(() => {
    asked.length = 0;
  });

  const contentOf = (asset: string, changes: Partial<CheckedContent> = {}): CheckedContent => {
    const content: Content = { kind: contentKindOf(contentClass).kind, asset };
    return { channel, contentClass, content, base: ['content'], ...changes };
  };
  const faultsOf = async (contents: readonly CheckedContent[], callerId?: string): Promise<string[]> => {
    const faults = await check.faultsOf(contents, callerId === undefined ? {} : { callerId });
    return faults.map(({ code, pointer }) => `${pointer} ${code}`);
  };

  it('are found in one look, however many contents name them', async () => {
    const absent = contentOf('0197c2f4-7a00-7000-8000-00000000dead', { base: ['other'] });
    expect(await faultsOf([contentOf(ASSET_ID), absent])).toEqual(['/other/asset asset_not_found']);
    expect(asked).toHaveLength(1);
  });

  it('cost no look where there are none', async () => {
    expect(await faultsOf([contentOf('')])).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('must be those of whoever names them', async () => {
    expect(await faultsOf([contentOf(ASSET_ID)], CALLER)).toEqual([]);
    expect(await faultsOf([contentOf(ASSET_ID)], OTHER)).toEqual(['/content/asset asset_not_found']);
  });

  it('that somebody else has granted need not be', async () => {
    expect(await faultsOf([contentOf(ASSET_ID, { granted: new Set([ASSET_ID]) })], OTHER)).toEqual([]);
  });

  it('that are still open are judged by what the channel can make of any', async () => {
    const open = { isOpen: (id: string) => id === '{{file}}' };
    expect(await faultsOf([contentOf('{{file}}', open)])).toEqual([]);
    const { media: _media, ...poor } = channel;
    expect(await faultsOf([contentOf('{{file}}', { ...open, channel: poor })])).toEqual([
      '/content/asset asset_not_supported',
    ]);
  });
});

describe('whose assets a key sees', () => {
  const identity = { callerId: CALLER, callerCode: 'c', keyName: 'k', scopes: new Set<never>() };

  it('of a business system are its own, of everybody else all', () => {
    expect(assetsSeenBy({ ...identity, preset: 'caller' })).toEqual({ callerId: CALLER });
    expect(assetsSeenBy({ ...identity, preset: 'operator' })).toEqual({});
  });
});
