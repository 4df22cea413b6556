import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AmbiguousDeliveryError, PermanentDeliveryError } from '#libs/core';
import { holdTransaction, untilBlocked } from '../messages/heart.fixture.js';
import { DigestStory, ROOM } from './digest.fixture.js';

let story: DigestStory;

beforeAll(async () => {
  story = await DigestStory.begin();
}, 60_000);

beforeEach(() => story.forget());
afterEach(() => story.checkBooks());
afterAll(() => story.system.stop());

describe('a message in a digest that nobody has claimed', () => {
  it('is taken out when it is canceled, and the others go without it', async () => {
    const { digest, sources } = await story.gathered(3);
    const [, second] = sources;
    await expect(story.system.cancels.cancelWaiting([second?.id ?? ''], 'canceled_by_caller')).resolves.toHaveLength(1);
    await story.sendAll([digest]);
    expect(story.said().slice(ROOM)).toEqual(['no 5\nno 7']);
    await expect(story.fatesOf(sources)).resolves.toEqual([
      ['sent merged'],
      ['canceled canceled_by_caller'],
      ['sent merged'],
    ]);
    await expect(story.system.read({ id: second?.id ?? '' })).resolves.not.toHaveProperty('mergedInto');
  });

  it('is taken out when it is recalled', async () => {
    const { digest, sources } = await story.gathered(3);
    const recall = await story.system.recall(sources[0] ?? { id: '' });
    expect(recall).toMatchObject({ status: 'finished', counts: { canceled: 1, failed: 0 } });
    await story.sendAll([digest]);
    expect(story.said().slice(ROOM)).toEqual(['no 6\nno 7']);
    await expect(story.fatesOf(sources.slice(0, 1))).resolves.toEqual([['canceled canceled_by_recall']]);
  });

  it('is taken out when its time is over', async () => {
    const { digest, sources } = await story.gathered(3);
    await story.system.query(`UPDATE delivery SET expire_at = now() WHERE message_id = $1`, [sources[2]?.id]);
    await story.system.sweep.expire(10);
    await story.sendAll([digest]);
    expect(story.said().slice(ROOM)).toEqual(['no 5\nno 6']);
    await expect(story.fatesOf(sources)).resolves.toEqual([['sent merged'], ['sent merged'], ['expired expired']]);
  });

  it('takes the digest along when it is the last one', async () => {
    const { digest, sources } = await story.gathered(2);
    await story.system.cancels.cancelWaiting(
      sources.map(({ id }) => id),
      'canceled_by_operator',
    );
    await expect(story.system.read(digest)).resolves.toMatchObject({
      status: 'canceled',
      reason: 'canceled_by_operator',
    });
    await story.sendAll([digest]);
    expect(story.system.vendor.sent).toHaveLength(ROOM);
  });

  it('is taken out before or after the claim, and never in between', async () => {
    const { digest, sources } = await story.gathered(3);
    const recalled = sources[0] ?? { id: '' };
    const recall = await holdTransaction(story.system, (sql) =>
      story.system.cancels.cancelWaiting([recalled.id], 'canceled_by_recall', sql),
    );
    const sending = story.system.dispatch(digest, 1, 1);
    await untilBlocked(story.system);
    await recall.commit();
    await sending;
    await story.system.sweep.followDigests(10);
    expect(story.said().slice(ROOM)).toEqual(['no 6\nno 7']);
    await expect(story.fatesOf(sources)).resolves.toEqual([
      ['canceled canceled_by_recall'],
      ['sent merged'],
      ['sent merged'],
    ]);
  });

  it('has a line in what is sent exactly when its recall came too late', async () => {
    for (let round = 0; round < 12; round += 1) {
      const { digest, sources } = await story.gathered(3);
      const before = story.system.vendor.sent.length;
      const [recall] = await Promise.all([
        story.system.recall(sources[round % 3] ?? { id: '' }),
        story.system.dispatch(digest, 1, round % 2),
        story.system.cancels.cancelWaiting([sources[(round + 1) % 3]?.id ?? ''], 'canceled_by_caller'),
      ]);
      await story.system.sweep.followDigests(10);
      const [text = ''] = story.said().slice(before);
      const fates = (await story.fatesOf(sources)).flat();
      fates.forEach((fate, index) => expect(text.includes(`no ${5 + index}`)).toBe(fate === 'sent merged'));
      expect(recall.counts.failed === 1).toBe(text.includes(`no ${5 + (round % 3)}`));
      await story.makeRoom();
      await story.system.query(
        'TRUNCATE message, delivery, recipient, attempt, event, recall, recall_item, limit_window',
      );
      story.system.vendor.sent.length = 0;
    }
  });
});

describe('a message in a digest on its way', () => {
  it('cannot be taken back any more, and its recall says so', async () => {
    const { digest, sources } = await story.gathered(2);
    story.system.vendor.onSend = async () => {
      story.system.vendor.onSend = undefined;
      const [first, second] = sources;
      await expect(story.system.cancels.cancelWaiting([first?.id ?? ''], 'canceled_by_caller')).resolves.toEqual([]);
      await expect(story.system.recall(second ?? { id: '' })).resolves.toMatchObject({
        counts: { failed: 1, canceled: 0 },
      });
    };
    await story.sendAll([digest]);
    const [, recalled] = sources;
    await expect(story.fatesOf(sources)).resolves.toEqual([['sent merged'], ['sent merged']]);
    await expect(story.system.read(recalled ?? { id: '' })).resolves.toMatchObject({
      deliveries: [{ status: 'sent', recall: { status: 'failed', reason: 'merged' } }],
    });
    await expect(story.system.recall(sources[0] ?? { id: '' })).resolves.toMatchObject({ counts: { failed: 1 } });
  });

  it('does not expire without it', async () => {
    const { digest, sources } = await story.gathered(2);
    story.system.vendor.onSend = async () => {
      story.system.vendor.onSend = undefined;
      await story.system.query(`UPDATE delivery SET expire_at = now() WHERE merged_into IS NOT NULL`);
      await expect(story.system.sweep.expire(10)).resolves.toBe(0);
    };
    await story.sendAll([digest]);
    await expect(story.fatesOf(sources)).resolves.toEqual([['sent merged'], ['sent merged']]);
  });

  it('fails with it, is replayed by itself, and the digest is not', async () => {
    const { digest, sources } = await story.gathered(2);
    story.system.vendor.arrange(new PermanentDeliveryError('content_invalid', 'x'));
    await story.sendAll([digest]);
    await expect(story.fatesOf(sources)).resolves.toEqual([['failed merged'], ['failed merged']]);
    const again = { includeUnknown: false, actor: 'test' };
    await expect(story.system.replays.replay({ messageId: digest.id, ...again })).rejects.toMatchObject({
      code: 'not_replayable',
    });
    const [first] = sources;
    await story.system.replays.replay({ messageId: first?.id ?? '', ...again });
    await story.system.dispatch(first ?? { id: '' }, 2);
    expect(story.said().at(-1)).toBe('no 5');
    await expect(story.fatesOf(sources)).resolves.toEqual([['sent'], ['failed merged']]);
  });

  it('is unknown as long as the digest is, and known as soon as it is', async () => {
    const { digest, sources } = await story.gathered(2);
    const lost = (): Error => new AmbiguousDeliveryError('connection_lost', 'x');
    story.system.vendor.arrange(lost(), lost());
    await story.system.dispatch(digest);
    await story.system.sweep.followDigests(10);
    await expect(story.fatesOf(sources)).resolves.toEqual([['pending'], ['pending']]);
    await expect(story.system.cancels.cancelWaiting([sources[0]?.id ?? ''], 'canceled_by_caller')).resolves.toEqual([]);
    await story.system.skipWait(digest);
    await story.sendAll([digest]);
    await expect(story.fatesOf(sources)).resolves.toEqual([['unknown merged'], ['unknown merged']]);
    await story.system.resolves.resolve({ messageId: digest.id, as: 'sent', actor: 'test', note: 'seen' });
    await expect(story.fatesOf(sources)).resolves.toEqual([['sent merged'], ['sent merged']]);
  });

  it('is canceled with it', async () => {
    const { digest, sources } = await story.gathered(2);
    await story.system.cancels.cancelWaiting([digest.id], 'canceled_by_caller');
    await story.system.sweep.followDigests(10);
    await expect(story.fatesOf(sources)).resolves.toEqual([['canceled merged'], ['canceled merged']]);
  });
});
