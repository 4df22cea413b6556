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
  holdTransaction,
  lapse,
  messageOf,
  outcomeOf,
  recipientsOf,
  retryOutcome,
  sentOutcome,
  startHeart,
  untilBlocked,
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

  it('and says sent ends also a delivery that was handed back', async () => {
    const id = await lateAfter(
      async (messageId) =>
        heart.b.outcomes.write(outcomeOf(await claimed(heart.b, messageId), { status: 'accepted', reason: 'retry' })),
      resend,
    );
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sent', reason: 'late_answer' });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'sent', open_rows: 0 });
  });

  it('and says sent is partial when somebody was refused in an earlier run', async () => {
    const { id } = await heart.accept(['a', 'b'], { template: hold });
    const exceptions: DeliveryOutcome['exceptions'] = [{ rowNo: 1, status: 'invalid', reason: 'not_in_directory' }];
    await heart.a.outcomes.write({ ...retryOutcome(await claimed(heart.a, id)), exceptions });
    const late = await claimed(heart.a, id);
    await lapse(heart, id);
    await heart.b.sweep.endLapsedLeases(10);
    await heart.a.outcomes.write(sentOutcome(late));
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'partial', reason: 'late_answer' });
  });

  it('at the moment of a cancel is counted once', async () => {
    const { id } = await heart.accept(['a', 'b'], { template: resend });
    const late = await claimed(heart.a, id);
    await lapse(heart, id);
    await heart.b.sweep.endLapsedLeases(10);
    const cancel = await holdTransaction(heart.b, (sql) =>
      heart.b.cancels.cancelWaiting([id], 'canceled_by_caller', sql),
    );
    const write = heart.a.outcomes.write(sentOutcome(late));
    await untilBlocked(heart);
    await cancel.commit();
    await write;
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sent', reason: 'late_answer' });
    await expect(messageOf(heart, id)).resolves.toMatchObject({
      status: 'sent',
      n_sent: 2,
      n_unknown: 0,
      open_rows: 0,
    });
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
