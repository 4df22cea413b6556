import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AssetsService, MediaService, MediaWish, ObtainedMedia } from '#libs/assets';
import {
  AssetField,
  ChannelRegistry,
  ContentKind,
  ListField,
  MediaField,
  type ChannelDefinition,
  type Content,
} from '#libs/channels';
import { NotFoundError, RetryableDeliveryError } from '#libs/core';
import { compileTemplate } from '#libs/templates';
import { ContentMedia } from './content-media.js';
import type { RoutedDelivery } from './steps/prepared-delivery.js';
import { makeClaimed, makePrepared, makeRun, makeTemplate, onlyRoute } from './testing/factories.js';
import { TestChannel } from './testing/test-channel.js';

const label = { zh: '测试', en: 'Test' };
const [ONE, TWO] = ['0197c2f4-7a00-7000-8000-000000000a01', '0197c2f4-7a00-7000-8000-000000000a02'];
const signal = new AbortController().signal;

class Page {
  @MediaField({ label, media: 'image', accepts: ['url'] })
  picture!: string;
}

@ContentKind({ kind: 'album', label, example: { cover: 'x' } })
class AlbumContent {
  @MediaField({ label, media: 'image', accepts: ['media_id'], required: false })
  cover?: string;

  @AssetField({ media: 'image', shortFor: 'cover' })
  asset?: string;

  @MediaField({ label, media: 'image', accepts: ['base64'], required: false })
  inline?: string;

  @ListField({ label, item: () => Page, required: false })
  pages?: Page[];
}

const channel: ChannelDefinition = {
  ...new TestChannel().definition,
  contents: [AlbumContent],
  media: {
    rules: { image: { maxBytes: 1_000 } },
    forms: ['media_id', 'url'],
    upload: () => Promise.reject(new Error('not here')),
  },
};

/** Knows what is in `ready`; obtains everything else as the next version. */
class FakeMedia {
  readonly wishes: MediaWish[] = [];
  readonly ready = new Map<string, ObtainedMedia>();
  fails: Error | undefined;

  findReady(_account: object, wishes: readonly MediaWish[]): Promise<(ObtainedMedia | undefined)[]> {
    return Promise.resolve(wishes.map(({ assetId, form }) => this.ready.get(`${assetId} ${form}`)));
  }

  obtain(_account: object, wish: MediaWish): Promise<ObtainedMedia> {
    this.wishes.push(wish);
    if (this.fails) return Promise.reject(this.fails);
    const version = wish.newerThan + 1;
    const value = `${wish.form}-${wish.assetId.slice(-1)}-${version}`;
    return Promise.resolve({ value, version, usableMs: Infinity, isFresh: true });
  }
}

describe('the files of a content', () => {
  let media: FakeMedia;
  let left: number[];
  let assets: { get: () => Promise<{ fileName: string }>; getFile: () => Promise<{ bytes: Buffer }> };

  beforeEach(() => {
    media = new FakeMedia();
    left = [];
    assets = {
      get: () => Promise.resolve({ fileName: 'a.png' }),
      getFile: () => Promise.resolve({ bytes: Buffer.from('bytes') }),
    };
  });

  function routed(body: object): RoutedDelivery {
    const content = { kind: 'album', ...body } as Content;
    const definition = { channel: 'letter', accounts: ['letter-1'], content, options: {} };
    const { routes: _routes, ...rest } = makeTemplate();
    const template = compileTemplate(new ChannelRegistry([channel]), 'test', 1, {
      ...rest,
      description: '',
      routes: [definition],
    });
    const run = makeRun(makeClaimed(), { remainingMs: () => left.shift() ?? 15_000 });
    return { ...makePrepared(), run, route: onlyRoute(template), content, admitted: [], targets: [] };
  }

  const parts = () => [media as unknown as MediaService, assets as unknown as AssetsService] as const;
  const equip = (delivery: RoutedDelivery, stale: Parameters<ContentMedia['equip']>[2] = []) =>
    new ContentMedia(...parts(), { now: () => new Date(), monotonicMs: () => 0 }).equip(delivery, signal, stale);

  it('become what the vendor calls them, wherever they stand, each upload made once', async () => {
    const body = { asset: ONE, pages: [{ picture: `asset:${ONE}` }, { picture: `asset:${TWO}` }] };
    const equipped = await equip(routed({ ...body, pages: [...body.pages, { picture: `asset:${TWO}` }] }));
    expect(equipped?.outgoing).toEqual({
      kind: 'album',
      cover: 'media_id-1-1',
      pages: [{ picture: 'url-1-1' }, { picture: 'url-2-1' }, { picture: 'url-2-1' }],
    });
    expect(media.wishes).toHaveLength(3);
    expect(equipped?.media).toHaveLength(3);
  });

  it('are left alone where there are none: the very same content', async () => {
    const delivery = routed({ cover: 'vendor-1', pages: [{ picture: 'https://a.example/1.png' }] });
    const equipped = await equip(delivery);
    expect(equipped?.outgoing).toBe(delivery.content);
    expect(equipped?.media).toEqual([]);
  });

  it('travel inside the message where the field wants their bytes', async () => {
    const equipped = await equip(routed({ inline: `asset:${ONE}` }));
    expect(equipped?.outgoing).toEqual({ kind: 'album', inline: Buffer.from('bytes').toString('base64') });
    expect(equipped?.media).toEqual([]);
    assets.getFile = () => Promise.reject(new NotFoundError('gone'));
    await expect(equip(routed({ inline: `asset:${ONE}` }))).rejects.toMatchObject({ reason: 'asset_gone' });
  });

  it('that are at hand cost no look and no remark', async () => {
    media.ready.set(`${ONE} media_id`, { value: 'known', version: 7, usableMs: 1, isFresh: false });
    const delivery = routed({ asset: ONE });
    const equipped = await equip(delivery);
    expect(equipped).toMatchObject({ outgoing: { cover: 'known' }, media: [{ assetId: ONE, version: 7 }] });
    expect(media.wishes).toEqual([]);
    expect(delivery.run.notes).toEqual([]);
  });

  it('that were uploaded are remarked in the timeline', async () => {
    const delivery = routed({ asset: ONE });
    await equip(delivery);
    expect(delivery.run.notes).toEqual([{ code: 'media_uploaded', asset: ONE, fileName: 'a.png' }]);
  });

  it('that the vendor refused are made anew, and only those', async () => {
    media.ready.set(`${ONE} media_id`, { value: 'refused', version: 7, usableMs: 1, isFresh: false });
    media.ready.set(`${TWO} url`, { value: 'kept', version: 3, usableMs: 1, isFresh: false });
    const stale = [{ assetId: ONE, kind: 'image', form: 'media_id', version: 7 }] as const;
    const equipped = await equip(routed({ asset: ONE, pages: [{ picture: `asset:${TWO}` }] }), stale);
    expect(equipped?.outgoing).toMatchObject({ cover: 'media_id-1-8', pages: [{ picture: 'kept' }] });
    expect(media.wishes).toMatchObject([{ assetId: ONE, newerThan: 7 }]);
  });

  it('that are no ids at all are as good as deleted', async () => {
    await expect(equip(routed({ asset: 'nothing' }))).rejects.toMatchObject({ reason: 'asset_gone' });
  });

  it('are not uploaded when the claim might end before that', async () => {
    left = [15_000, 9_000];
    await expect(equip(routed({ asset: ONE, pages: [{ picture: `asset:${TWO}` }] }))).resolves.toBeUndefined();
    expect(media.wishes).toHaveLength(1);
  });

  it('let every failure of an upload through, and no call is recorded', async () => {
    media.fails = new RetryableDeliveryError('provider_busy', 'x', false);
    const delivery = routed({ asset: ONE });
    await expect(equip(delivery)).rejects.toBe(media.fails);
    expect(delivery.run.call).toBeUndefined();
  });
});
