import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeliveryOutcome } from '#libs/messages';
import type { CompiledTemplate } from '#libs/templates';
import { makeRouteDefinition, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks, faultsInMoves, recordMoves } from './books.js';
import {
  ambiguousOutcome,
  attemptsOf,
  claimed,
  deliveryOf,
  failedOutcome,
  lapse,
  messageOf,
  outcomeOf,
  recipientsOf,
  retryOutcome,
  sentOutcome,
  startHeart,
  unknownOutcome,
  type Heart,
} from './heart.fixture.js';

const hold = makeTemplate({ onAmbiguous: 'hold' });
const resend = makeTemplate();
const protectedByVendor = makeTemplate({ routes: [makeRouteDefinition('note')] });

let heart: Heart;

beforeAll(async () => {
  heart = await startHeart();
  await recordMoves(heart);
}, 60_000);

afterEach(async () => {
  await expect(faultsInBooks(heart)).resolves.toEqual([]);
  await expect(faultsInMoves(heart)).resolves.toEqual([]);
});

afterAll(() => heart.stop());

describe('a claim', () => {
  it('gives everything that is needed to send', async () => {
    const own = { user: 'b', params: { name: '李' } };
    const { id } = await heart.accept(['a', own], { params: { name: 'all', order: 'A1' }, priority: 'high' });
    const delivery = await claimed(heart.a, id, 2);
    expect(delivery).toMatchObject({
      messageId: id,
      no: 2,
      fence: 1,
      kind: 'first',
      routeNo: 1,
      channel: 'letter',
      account: 'letter-1',
      priority: 1,
      attempts: 0,
      resendBudget: 1,
      template: 'test',
      templateVersion: 1,
      params: { name: '李', order: 'A1' },
      recipients: [{ rowNo: 2, ref: 'user:b', addresseeType: 'user', addresseeId: 'b' }],
    });
    await expect(attemptsOf(heart, id, 2)).resolves.toMatchObject([{ no: 1, outcome: null }]);
  });

  it('is won by one of twenty at once, in two processes', async () => {
    const { id } = await heart.accept(['a']);
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? heart.a : heart.b).claims.claim(id, 1)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sending', fence: 1 });
  });

  it.each([
    ['waits for its time', `next_attempt_at = now() + interval '1 minute', status = 'scheduled'`],
    ['is over', `expire_at = now()`],
    ['was recalled', `recall_requested_at = now()`],
    ['has ended', `status = 'failed'`],
  ])('is refused for a delivery that %s', async (_case, change) => {
    const { id } = await heart.accept(['a']);
    await heart.query('ALTER TABLE delivery DISABLE TRIGGER record_move');
    await heart.query(`UPDATE delivery SET ${change} WHERE message_id = $1`, [id]);
    await heart.query('ALTER TABLE delivery ENABLE TRIGGER record_move');
    await expect(heart.a.claims.claim(id, 1)).resolves.toBeUndefined();
    await expect(attemptsOf(heart, id)).resolves.toEqual([]);
  });

  it('is refused while the message is being recalled', async () => {
    const { id } = await heart.accept(['a']);
    await heart.query('UPDATE message SET recall_requested_at = now() WHERE id = $1', [id]);
    await expect(heart.a.claims.claim(id, 1)).resolves.toBeUndefined();
  });

  it('is renewed while it is held, and not afterwards', async () => {
    const { id } = await heart.accept(['a']);
    const delivery = await claimed(heart.a, id);
    await expect(heart.a.claims.renew([delivery])).resolves.toEqual(new Set([`${id}.1`]));
    await lapse(heart, id);
    await heart.b.sweep.endLapsedLeases(10);
    await claimed(heart.b, id);
    await expect(heart.a.claims.renew([delivery])).resolves.toEqual(new Set());
  });

  it('of many deliveries at once is one statement', async () => {
    const plans = await Promise.all(Array.from({ length: 60 }, () => heart.accept(['a'])));
    const claims = await Promise.all(plans.map(({ id }) => heart.a.claims.claim(id, 1)));
    expect(claims.map((delivery) => delivery?.messageId)).toEqual(plans.map(({ id }) => id));
  });
});

describe('the outcome of a claim', () => {
  it('of success closes delivery, attempt, recipients and message in one write', async () => {
    const { id } = await heart.accept(['a', 'b']);
    const delivery = await claimed(heart.a, id);
    await expect(heart.a.outcomes.write(sentOutcome(delivery, 'msg-1'))).resolves.toEqual({
      written: true,
      status: 'sent',
    });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({
      status: 'sent',
      attempts: 1,
      provider_msg_id: 'msg-1',
      lease_until: null,
      sent_at: expect.any(Date),
    });
    await expect(attemptsOf(heart, id)).resolves.toMatchObject([{ no: 1, outcome: 'sent', addressees: ['u1'] }]);
    await expect(recipientsOf(heart, id)).resolves.toEqual(['sent', 'sent']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({
      status: 'sent',
      open_rows: 0,
      n_sent: 2,
      reason: null,
    });
  });

  it('gives recipients of their own fate their own state', async () => {
    const { id } = await heart.accept(['a', 'b', 'c']);
    const delivery = await claimed(heart.a, id);
    const exceptions: DeliveryOutcome['exceptions'] = [
      { rowNo: 2, status: 'invalid', reason: 'recipient_unknown', detail: { providerCode: '81013' } },
      { rowNo: 3, status: 'suppressed', reason: 'duplicate_content' },
    ];
    await heart.a.outcomes.write({ ...sentOutcome(delivery), status: 'partial', exceptions });
    await expect(recipientsOf(heart, id)).resolves.toEqual([
      'sent',
      'invalid recipient_unknown',
      'suppressed duplicate_content',
    ]);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'partial', n_sent: 1, n_invalid: 1 });
  });

  it('leaves recipients pending that are not settled, and the message open', async () => {
    const { id } = await heart.accept(['a', 'b']);
    const delivery = await claimed(heart.a, id);
    const exceptions: DeliveryOutcome['exceptions'] = [{ rowNo: 1, status: 'invalid', reason: 'not_in_directory' }];
    await heart.a.outcomes.write({ ...retryOutcome(delivery), exceptions });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['invalid not_in_directory', 'pending']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'accepted', open_rows: 1 });
    await expect(claimed(heart.b, id)).resolves.toMatchObject({ fence: 2, attempts: 1, recipients: [{ rowNo: 2 }] });
  });

  it('of a wait keeps its time in the database', async () => {
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(retryOutcome(await claimed(heart.a, id), 60_000));
    const { next_attempt_at: next, ...rest } = await deliveryOf(heart, id);
    expect(rest).toMatchObject({ status: 'scheduled', reason: 'retry', attempts: 1, unknowns: 0 });
    expect(Math.round(((next?.getTime() ?? 0) - Date.now()) / 10_000)).toBe(6);
    await expect(heart.a.claims.claim(id, 1)).resolves.toBeUndefined();
  });

  it('without a call leaves no attempt, charges none, and tells the wait', async () => {
    const { id } = await heart.accept(['a']);
    const delivery = await claimed(heart.a, id);
    await heart.a.outcomes.write(outcomeOf(delivery, { status: 'scheduled', reason: 'quiet_hours', waitMs: 0 }));
    await expect(attemptsOf(heart, id)).resolves.toEqual([]);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ attempts: 0, fence: 1 });
    await expect(heart.query('SELECT event, reason FROM event WHERE message_id = $1', [id])).resolves.toEqual([
      { event: 'rescheduled', reason: 'quiet_hours' },
    ]);
    await expect(claimed(heart.a, id)).resolves.toMatchObject({ fence: 2 });
  });

  it('that hands the delivery back makes it due again', async () => {
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(outcomeOf(await claimed(heart.a, id), { status: 'accepted', reason: 'retry' }));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'accepted', attempts: 0 });
    await expect(claimed(heart.b, id)).resolves.toMatchObject({ fence: 2 });
  });

  it('is written under the fence only: a former holder changes nothing but its own attempt', async () => {
    const { id } = await heart.accept(['a']);
    const former = await claimed(heart.a, id);
    await lapse(heart, id);
    await heart.b.sweep.endLapsedLeases(10);
    const holder = await claimed(heart.b, id);
    await expect(heart.a.outcomes.write(failedOutcome(former))).resolves.toEqual({ written: false });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sending', fence: 2 });
    await expect(attemptsOf(heart, id)).resolves.toMatchObject([{ no: 1, outcome: 'rejected' }, { no: 2 }]);
    await expect(heart.b.outcomes.write(sentOutcome(holder))).resolves.toMatchObject({ written: true });
  });

  it('is written once: the same again changes nothing', async () => {
    const { id } = await heart.accept(['a']);
    const delivery = await claimed(heart.a, id);
    await heart.a.outcomes.write(sentOutcome(delivery));
    await expect(heart.a.outcomes.write(sentOutcome(delivery))).resolves.toEqual({ written: false });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ n_sent: 1 });
  });

  it('adds up for a message of many deliveries, whoever writes them in whatever order', async () => {
    const people = Array.from({ length: 150 }, (_, index) => `u${index}`);
    const { deliveries, id } = await heart.accept(people);
    const outcomes = [sentOutcome, failedOutcome, unknownOutcome];
    await Promise.all(
      deliveries.map(async ({ no }) => {
        const process = no % 2 === 0 ? heart.a : heart.b;
        const delivery = await claimed(process, id, no);
        await process.outcomes.write((outcomes[no % 3] ?? sentOutcome)(delivery));
      }),
    );
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'unknown', open_rows: 0, n_failed: 51 });
  });

  it('holds whatever a vendor answers', async () => {
    const { id } = await heart.accept(['a']);
    const delivery = await claimed(heart.a, id);
    const strange = 'x\u0000\ud83d"{},\\';
    const attempt = {
      outcome: 'rejected' as const,
      counts: true,
      code: strange,
      providerMsgId: strange,
      addressees: [strange.replace('\u0000', '').toWellFormed(), 'NULL', ''],
      exchange: { body: strange },
    };
    await expect(
      heart.a.outcomes.write({ ...sentOutcome(delivery, strange), attempt, error: { message: strange } }),
    ).resolves.toMatchObject({ written: true });
    await expect(attemptsOf(heart, id)).resolves.toMatchObject([
      {
        code: 'x\ufffd\ufffd"{},\\',
        addressees: ['x\ufffd"{},\\', 'NULL', ''],
        exchange: { body: 'x\ufffd\ufffd"{},\\' },
      },
    ]);
  });

  it('that the state machine does not have is refused', async () => {
    const { id } = await heart.accept(['a']);
    const delivery = await claimed(heart.a, id);
    await expect(heart.a.outcomes.write(outcomeOf(delivery, { status: 'recalled' }))).rejects.toThrow(
      'cannot go from sending to recalled',
    );
  });
});

describe('a lease that ran out', () => {
  const end = async (id: string): Promise<void> => {
    await lapse(heart, id);
    await expect(heart.b.sweep.endLapsedLeases(100)).resolves.toBe(1);
  };

  it('makes its attempt unknown and repeats the delivery while its budget lasts', async () => {
    const { id } = await heart.accept(['a']);
    await claimed(heart.a, id);
    await end(id);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({
      status: 'scheduled',
      reason: 'ambiguous_retry',
      attempts: 1,
      unknowns: 1,
      possible_duplicate: true,
    });
    await expect(attemptsOf(heart, id)).resolves.toMatchObject([{ outcome: 'unknown', reason: 'lease_expired' }]);
    await expect(claimed(heart.b, id)).resolves.toMatchObject({ fence: 2, unknowns: 1 });
  });

  it('is left to a person when the template says hold', async () => {
    const { id } = await heart.accept(['a'], { template: hold });
    await claimed(heart.a, id);
    await end(id);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'unknown', reason: 'lease_expired' });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['unknown lease_expired']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'unknown', n_unknown: 1 });
  });

  it('again and again is a crash loop', async () => {
    const { id } = await heart.accept(['a']);
    await claimed(heart.a, id);
    await end(id);
    await claimed(heart.a, id);
    await end(id);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({
      status: 'unknown',
      reason: 'crash_loop',
      attempts: 2,
    });
  });

  it('after an attempt that ended otherwise is no crash loop', async () => {
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(ambiguousOutcome(await claimed(heart.a, id)));
    await claimed(heart.a, id);
    await end(id);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'unknown', reason: 'lease_expired' });
  });

  it('is no possible duplicate where the vendor suppresses repetitions', async () => {
    const { id } = await heart.accept(['a'], { template: protectedByVendor });
    for (const attempt of [1, 2, 3]) {
      await claimed(heart.a, id);
      await end(id);
      await expect(deliveryOf(heart, id)).resolves.toMatchObject({
        status: 'scheduled',
        unknowns: attempt,
        possible_duplicate: false,
      });
    }
    await claimed(heart.a, id);
    await end(id);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'unknown', reason: 'crash_loop' });
  });

  it('is not repeated after a recall was asked for', async () => {
    const { id } = await heart.accept(['a']);
    await claimed(heart.a, id);
    await heart.a.recalls.recallMessage(id, { callerId: id, keyName: 'test' });
    await end(id);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'unknown', reason: 'lease_expired' });
  });

  it('that was renewed in time is left alone', async () => {
    const { id } = await heart.accept(['a']);
    await claimed(heart.a, id);
    await expect(heart.b.sweep.endLapsedLeases(100)).resolves.toBe(0);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sending' });
  });
});

describe('an answer that comes after the lease had ended', () => {
  const lateAfter = async (between: (id: string) => Promise<unknown>, template: CompiledTemplate = hold) => {
    const { id } = await heart.accept(['a', 'b'], { template });
    const late = await claimed(heart.a, id);
    await lapse(heart, id);
    await heart.b.sweep.endLapsedLeases(10);
    await between(id);
    await expect(heart.a.outcomes.write(sentOutcome(late, 'late-1'))).resolves.toEqual({ written: false });
    return id;
  };

  it('and says sent makes a delivery of unknown outcome sent', async () => {
    const id = await lateAfter(() => Promise.resolve());
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({
      status: 'sent',
      reason: 'late_answer',
      provider_msg_id: 'late-1',
    });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['sent', 'sent']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'sent', n_unknown: 0, n_sent: 2 });
    await expect(attemptsOf(heart, id)).resolves.toMatchObject([{ outcome: 'sent', provider_msg_id: 'late-1' }]);
  });

  it('and says sent ends the wait for a repetition', async () => {
    const id = await lateAfter(() => Promise.resolve(), resend);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sent', next_attempt_at: null });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'sent', open_rows: 0 });
    await expect(heart.a.claims.claim(id, 1)).resolves.toBeUndefined();
  });

  it('leaves the repetition alone that is under way, and keeps its id for a recall', async () => {
    const id = await lateAfter((messageId) => claimed(heart.b, messageId), resend);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({
      status: 'sending',
      fence: 2,
      provider_msg_id: 'late-1',
    });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['pending', 'pending']);
  });

  it('does not replace the id of the repetition that was sent', async () => {
    const id = await lateAfter(
      async (messageId) => heart.b.outcomes.write(sentOutcome(await claimed(heart.b, messageId), 'second')),
      resend,
    );
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sent', provider_msg_id: 'second' });
    await expect(attemptsOf(heart, id)).resolves.toMatchObject([
      { provider_msg_id: 'late-1' },
      { provider_msg_id: 'second' },
    ]);
  });

  it('and says sent to some makes it partial', async () => {
    const { id } = await heart.accept(['a', 'b'], { template: hold });
    const late = await claimed(heart.a, id);
    await lapse(heart, id);
    await heart.b.sweep.endLapsedLeases(10);
    const exceptions: DeliveryOutcome['exceptions'] = [{ rowNo: 1, status: 'invalid', reason: 'recipient_unknown' }];
    await heart.a.outcomes.write({ ...sentOutcome(late), status: 'partial', exceptions });
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'partial' });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['invalid recipient_unknown', 'sent']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'partial', n_unknown: 0 });
  });

  it('and says sent ends also the wait of a later attempt that did not arrive', async () => {
    const id = await lateAfter(
      async (messageId) => heart.b.outcomes.write(retryOutcome(await claimed(heart.b, messageId), 60_000)),
      resend,
    );
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sent', reason: 'late_answer' });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['sent', 'sent']);
  });

  it('and says no is kept with its attempt and changes nothing else', async () => {
    const { id } = await heart.accept(['a'], { template: hold });
    const late = await claimed(heart.a, id);
    await lapse(heart, id);
    await heart.b.sweep.endLapsedLeases(10);
    await heart.a.outcomes.write(failedOutcome(late));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'unknown' });
    await expect(attemptsOf(heart, id)).resolves.toMatchObject([{ outcome: 'rejected' }]);
  });
});

describe('an outcome after a recall was asked for', () => {
  const recalledWhile = async (outcome: (delivery: Awaited<ReturnType<typeof claimed>>) => DeliveryOutcome) => {
    const { id } = await heart.accept(['a']);
    const delivery = await claimed(heart.a, id);
    await heart.b.recalls.recallMessage(id, { callerId: id, keyName: 'test' });
    await heart.a.outcomes.write(outcome(delivery));
    return id;
  };

  it('that would wait for a repetition ends as canceled', async () => {
    const id = await recalledWhile((delivery) => retryOutcome(delivery, 60_000));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({
      status: 'canceled',
      reason: 'canceled_by_recall',
      next_attempt_at: null,
    });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['canceled canceled_by_recall']);
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'canceled', open_rows: 0 });
  });

  it('that hands the delivery back ends as canceled', async () => {
    const id = await recalledWhile((delivery) => outcomeOf(delivery, { status: 'accepted', reason: 'retry' }));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'canceled' });
  });

  it('that nobody knows stays unknown, for the reason nobody knows it', async () => {
    const id = await recalledWhile((delivery) => ambiguousOutcome(delivery));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'unknown', reason: 'connection_lost' });
    await expect(recipientsOf(heart, id)).resolves.toEqual(['unknown connection_lost']);
  });

  it('that was sent is sent: taking it back is the business of the recall', async () => {
    const id = await recalledWhile((delivery) => sentOutcome(delivery));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sent' });
  });
});
