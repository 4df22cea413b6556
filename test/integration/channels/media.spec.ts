import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../../apps/sandbox/src/create-sandbox.js';
import {
  CHANNELS,
  UndiciProviderHttp,
  type ChannelDefinition,
  type Content,
  type MediaKind,
  type MediaSupport,
  type ProviderCall,
} from '#libs/channels';
import { makeMediaFile } from '../../../libs/channels/testing/media-files.fixture.js';

const MIB = 1024 * 1024;

let sandbox: Sandbox;
let http: UndiciProviderHttp;

beforeAll(async () => {
  sandbox = await createSandbox({ host: '127.0.0.1', port: 0 });
  http = new UndiciProviderHttp({ allowedOrigins: [sandbox.url] });
});

afterAll(async () => {
  await http.close();
  await sandbox.close();
});

async function callOn(channel: ChannelDefinition, overrides: Partial<ProviderCall> = {}): Promise<ProviderCall> {
  const call: ProviderCall = {
    account: channel.sandbox.account,
    accountCode: channel.name,
    hosts: { primary: sandbox.url, v1: sandbox.url },
    http,
    token: '',
    now: new Date(),
    signal: AbortSignal.timeout(10_000),
  };
  return { ...call, token: (await channel.fetchToken?.(call))?.value ?? '', ...overrides };
}

function channelOf(name: string): { channel: ChannelDefinition; media: MediaSupport } {
  const channel = CHANNELS.find((candidate) => candidate.name === name);
  if (!channel?.media) throw new TypeError(`${name} takes no files`);
  return { channel, media: channel.media };
}

/** A message of each channel that carries an upload. */
const MESSAGES: Readonly<Record<string, Partial<Record<MediaKind, (id: string) => Content>>>> = {
  'wecom-app': {
    image: (id) => ({ kind: 'image', media_id: id }),
    voice: (id) => ({ kind: 'voice', media_id: id }),
    video: (id) => ({ kind: 'video', media_id: id }),
    file: (id) => ({ kind: 'file', media_id: id }),
  },
  'wecom-robot': {
    voice: (id) => ({ kind: 'voice', media_id: id }),
    file: (id) => ({ kind: 'file', media_id: id }),
  },
  'wecom-customer': {
    image: (id) => ({ kind: 'image', media_id: id }),
    video: (id) => ({ kind: 'video', media_id: id }),
    file: (id) => ({ kind: 'file', media_id: id }),
  },
  'dingtalk-work': {
    image: (id) => ({ kind: 'image', media_id: id }),
    voice: (id) => ({ kind: 'voice', media_id: id, duration: '1' }),
    file: (id) => ({ kind: 'file', media_id: id }),
  },
  'dingtalk-app-robot': {
    image: (id) => ({ kind: 'sampleImageMsg', photoURL: id }),
    voice: (id) => ({ kind: 'sampleAudio', mediaId: id, duration: '1000' }),
    video: (id) => ({
      kind: 'sampleVideo',
      videoMediaId: id,
      picMediaId: '@lADPDemoImage01',
      duration: '1',
      videoType: 'mp4',
    }),
    file: (id) => ({ kind: 'sampleFile', mediaId: id, fileName: 'a.pdf', fileType: 'pdf' }),
  },
};

const takers = CHANNELS.filter(({ media }) => media);
const kinds = takers.flatMap(({ name, media }) =>
  Object.keys(media?.rules ?? {}).map((kind) => [name, kind as MediaKind] as const),
);

async function send(channel: ChannelDefinition, content: Content): Promise<void> {
  const addressees = channel.sandbox.recipients
    .flatMap((recipient) => Object.values(recipient as Readonly<Record<string, string>>))
    .map((id) => ({ type: 'user' as const, id }));
  const delivery = { deliveryId: 'delivery-1', content, addressees, mentions: [], options: {} };
  await channel.handler.send(await callOn(channel), delivery);
}

async function newestMedia(channel: ChannelDefinition): Promise<unknown> {
  const answer = await fetch(`${sandbox.url}/_sandbox/inbox?channel=${channel.name}&limit=1`);
  const [entry] = (await answer.json()) as { readonly media: unknown }[];
  return entry?.media;
}

describe('an upload to the sandbox', () => {
  it('is made by every channel whose messages name media ids', () => {
    expect(takers.map(({ name }) => name).sort()).toEqual(Object.keys(MESSAGES).sort());
  });

  it.each(kinds)('through %s of kind %s can be sent', async (name, kind) => {
    const { channel, media } = channelOf(name);
    const file = makeMediaFile(kind);
    const { value } = await media.upload(await callOn(channel), file, 'media_id');
    const message = MESSAGES[name]?.[kind];
    if (!message) return;
    await send(channel, message(value));
    const upload = { id: value, fileName: file.fileName.replaceAll('"', "'"), bytes: file.bytes.length };
    await expect(newestMedia(channel)).resolves.toMatchObject(
      expect.arrayContaining([expect.objectContaining(upload)]),
    );
  });

  it('may be as large as the rules say', async () => {
    const { channel, media } = channelOf('wecom-app');
    const bytes = Buffer.alloc(media.rules.file?.maxBytes ?? 0, 7);
    const file = makeMediaFile('file', { bytes });
    await expect(media.upload(await callOn(channel), file, 'media_id')).resolves.toHaveProperty('value');
    const larger = makeMediaFile('file', { bytes: Buffer.alloc(bytes.length + 1) });
    await expect(media.upload(await callOn(channel), larger, 'media_id')).rejects.toMatchObject({
      name: 'PermanentDeliveryError',
      reason: 'media_too_large',
    });
  });

  it('for an address can be looked at', async () => {
    const { channel, media } = channelOf('wecom-app');
    const file = makeMediaFile('image');
    const { value, expiresAt } = await media.upload(await callOn(channel), file, 'url');
    expect(expiresAt).toBeUndefined();
    expect(Buffer.from(await (await fetch(value)).arrayBuffer())).toEqual(file.bytes);
    const large = makeMediaFile('image', { bytes: Buffer.alloc(2 * MIB + 1) });
    await expect(media.upload(await callOn(channel), large, 'url')).rejects.toMatchObject({
      reason: 'media_too_large',
    });
  });

  it.each(['wecom-app', 'dingtalk-work', 'dingtalk-app-robot'])(
    'through %s asks for a new token when its own is refused',
    async (name) => {
      const { channel, media } = channelOf(name);
      const call = await callOn(channel, { token: 'stale' });
      await expect(media.upload(call, makeMediaFile('image'), 'media_id')).rejects.toMatchObject({
        name: 'TokenRejectedError',
      });
    },
  );

  it.each([
    ['wecom-app', { kind: 'image', media_id: '3Img-made-up' }, 'media_expired'],
    ['wecom-robot', { kind: 'file', media_id: '3Rob-made-up' }, 'media_expired'],
    ['dingtalk-work', { kind: 'file', media_id: '@made-up' }, 'media_missing'],
  ])('that %s does not know is told from other refusals of a message', async (name, content, reason) => {
    await expect(send(channelOf(name).channel, content)).rejects.toMatchObject({ name: 'MediaRejectedError', reason });
  });
});
