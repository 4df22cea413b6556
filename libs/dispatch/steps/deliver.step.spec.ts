import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AccessToken, SendingAccount, TakenSlots, TokenService } from '#libs/accounts';
import { CALL_DEADLINE_MS } from '#libs/channels';
import {
  AmbiguousDeliveryError,
  CredentialError,
  MediaRejectedError,
  RetryableDeliveryError,
  TokenRejectedError,
} from '#libs/core';
import type { ContentMedia } from '../content-media.js';
import type { DispatchRun } from '../dispatch-run.js';
import { makeClaimed, makePrepared, makeRecipient, makeRun, makeTemplate } from '../testing/factories.js';
import { TestChannel } from '../testing/test-channel.js';
import { DeliverStep } from './deliver.step.js';
import type { EquippedDelivery, UsedMedia } from './prepared-delivery.js';

const signal = new AbortController().signal;

/** Hands out versions 1, 2, …; remembers which ones were reported as refused. */
class FakeTokens {
  readonly refused: number[] = [];
  fails: Error | undefined;

  current(): Promise<AccessToken> {
    return this.fails ? Promise.reject(this.fails) : Promise.resolve({ value: 'token-1', version: 1 });
  }

  renew(_account: SendingAccount, version: number): Promise<AccessToken> {
    this.refused.push(version);
    return Promise.resolve({ value: `token-${version + 1}`, version: version + 1 });
  }
}

const PICTURE: UsedMedia = { assetId: 'a-1', kind: 'image', form: 'media_id', version: 1 };

/** Uploads again whatever was refused, as the next version. */
class FakeMedia {
  readonly refused: number[] = [];
  hasTime = true;

  equip(delivery: EquippedDelivery, _signal: AbortSignal, stale: readonly UsedMedia[]): Promise<unknown> {
    this.refused.push(...stale.map(({ version }) => version));
    const media = stale.map((used) => ({ ...used, version: used.version + 1 }));
    const outgoing = { kind: 'text', content: `id-${media[0]?.version}` };
    return Promise.resolve(this.hasTime ? { ...delivery, outgoing, media } : undefined);
  }
}

describe('the deliver step', () => {
  let media: FakeMedia;
  let channel: TestChannel;
  let tokens: FakeTokens;
  let nowMs = 0;

  beforeEach(() => {
    channel = new TestChannel();
    tokens = new FakeTokens();
    media = new FakeMedia();
    nowMs = 0;
  });

  const deliver = (run: DispatchRun = makeRun(), abort: AbortSignal = signal, used: readonly UsedMedia[] = []) => {
    const http = { send: () => Promise.resolve({ status: 200, headers: {}, body: '{"errcode":0}' }) };
    const clock = { now: () => new Date(), monotonicMs: () => nowMs };
    const recipients = [makeRecipient(1), makeRecipient(2, { addresseeType: 'department', addresseeId: '7' })];
    const routed = {
      ...makePrepared(makeClaimed({ recipients }), makeTemplate({}, { registry: channel.registry })),
      run,
      admitted: recipients,
      targets: [
        { recipient: makeRecipient(1), addressee: { type: 'user', id: 'u1' } as const },
        { recipient: makeRecipient(2), addressee: { type: 'department', id: '7' } as const },
      ],
      outgoing: { kind: 'text', content: used.length === 0 ? 'hello' : 'id-1' },
      media: used,
    };
    const parts = [tokens as unknown as TokenService, media as unknown as ContentMedia] as const;
    return new DeliverStep(...parts, http, clock).run(routed, abort);
  };

  it('makes one call with the token of the account, and records it', async () => {
    const run = makeRun();
    await expect(deliver(run)).resolves.toMatchObject({ next: { receipt: { providerMsgId: 'id-1' } } });
    expect(channel.sent).toMatchObject([
      {
        call: { token: 'token-1', accountCode: 'letter-1' },
        delivery: {
          deliveryId: `${run.messageId}-1`,
          content: { content: 'hello' },
          addressees: [
            { type: 'user', id: 'u1' },
            { type: 'department', id: '7' },
          ],
        },
      },
    ]);
    expect(run.call).toMatchObject({
      addressees: ['u1', 'department:7'],
      exchange: { status: 200, body: '{"errcode":0}' },
    });
  });

  it.each([
    [60, 800],
    [1, 160],
  ])(
    'makes no call that has outlived its slot in a window of %i s: another one is taken',
    async (windowSeconds, ms) => {
      const run = makeRun();
      const limits = [{ scope: 'account', period: 'rolling', max: 10, windowSeconds }];
      run.slots = {
        subjects: [{ scope: 'account', subject: '' }],
        people: 1,
        request: { limits },
      } as unknown as TakenSlots;
      nowMs = ms + 1;
      await expect(deliver(run)).resolves.toMatchObject({ stop: { status: 'accepted', waitMs: 0 } });
      expect(channel.sent).toEqual([]);
      expect(run.call).toBeUndefined();
      nowMs = ms;
      await expect(deliver(run)).resolves.toHaveProperty('next.receipt');
    },
  );

  it('renews a token that was refused once, and repeats the call', async () => {
    channel.arrange(new TokenRejectedError('x'));
    await expect(deliver()).resolves.toHaveProperty('next.receipt');
    expect(tokens.refused).toEqual([1]);
    expect(channel.sent.map(({ call }) => call.token)).toEqual(['token-1', 'token-2']);
  });

  it('takes a refusal of the fresh token for one of the credentials', async () => {
    channel.arrange(new TokenRejectedError('x'), new TokenRejectedError('x'));
    await expect(deliver()).rejects.toThrow(CredentialError);
    expect(channel.sent).toHaveLength(2);
  });

  const contents = () => channel.sent.map(({ delivery }) => delivery.content['content']);

  it('uploads again once what the vendor has forgotten, and repeats the call', async () => {
    channel.arrange(new MediaRejectedError('media_expired', 'x'));
    await expect(deliver(makeRun(), signal, [PICTURE])).resolves.toHaveProperty('next.receipt');
    expect(media.refused).toEqual([1]);
    expect(contents()).toEqual(['id-1', 'id-2']);
  });

  it('fails when even the fresh file is refused', async () => {
    const refusal = new MediaRejectedError('media_expired', 'x');
    channel.arrange(refusal, new MediaRejectedError('media_expired', 'y'));
    await expect(deliver(makeRun(), signal, [PICTURE])).rejects.toThrow('y');
    expect(channel.sent).toHaveLength(2);
  });

  it('cannot mend an id that the author wrote', async () => {
    const refusal = new MediaRejectedError('media_expired', 'x');
    channel.arrange(refusal);
    await expect(deliver()).rejects.toBe(refusal);
    expect(media.refused).toEqual([]);
  });

  it('mends a token and a file in one run, each once', async () => {
    channel.arrange(new MediaRejectedError('media_expired', 'x'), new TokenRejectedError('x'));
    await expect(deliver(makeRun(), signal, [PICTURE])).resolves.toHaveProperty('next.receipt');
    expect(channel.sent.map(({ call }) => call.token)).toEqual(['token-1', 'token-1', 'token-2']);
    expect(contents()).toEqual(['id-1', 'id-2', 'id-2']);
  });

  it('hands the delivery back when there is no time for another upload', async () => {
    channel.arrange(new MediaRejectedError('media_expired', 'x'));
    media.hasTime = false;
    await expect(deliver(makeRun(), signal, [PICTURE])).resolves.toMatchObject({ stop: { status: 'accepted' } });
  });

  it('lets every other failure through, with the call recorded', async () => {
    const lost = new AmbiguousDeliveryError('connection_lost', 'x');
    channel.arrange(lost);
    const run = makeRun();
    await expect(deliver(run)).rejects.toBe(lost);
    expect(run.call).toMatchObject({ addressees: ['u1', 'department:7'] });
  });

  it('has made no call when there is no token', async () => {
    tokens.fails = new RetryableDeliveryError('provider_busy', 'x', false);
    const run = makeRun();
    await expect(deliver(run)).rejects.toBe(tokens.fails);
    expect(run.call).toBeUndefined();
  });

  it('hands the delivery back when the lease might end before the call', async () => {
    const run = makeRun(makeClaimed(), { remainingMs: () => CALL_DEADLINE_MS - 1 });
    await expect(deliver(run)).resolves.toMatchObject({ stop: { status: 'accepted', waitMs: 0 } });
    expect(channel.sent).toEqual([]);
    expect(run.call).toBeUndefined();
  });

  it('hands the delivery back when the process is shutting down', async () => {
    await expect(deliver(makeRun(), AbortSignal.abort())).resolves.toMatchObject({ stop: { status: 'accepted' } });
    expect(channel.sent).toEqual([]);
  });

  it('hands it back instead of repeating a call for which there is no time', async () => {
    channel.arrange(new TokenRejectedError('x'));
    const left = [15_000, 5_000];
    const run = makeRun(makeClaimed(), { remainingMs: () => left.shift() ?? 0 });
    await expect(deliver(run)).resolves.toMatchObject({ stop: { status: 'accepted' } });
    expect(channel.sent).toHaveLength(1);
  });

  it('gives the call a signal that aborts when the lease is lost', async () => {
    const lost = new AbortController();
    await deliver(makeRun(makeClaimed(), { lost: lost.signal }));
    expect(channel.sent[0]?.call.signal).toBe(lost.signal);
  });
});
