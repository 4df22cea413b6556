import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeliveryOutcome } from '#libs/messages';
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

  it('of success is partial when somebody was refused in an earlier run', async () => {
    const { id } = await heart.accept(['a', 'b']);
    const exceptions: DeliveryOutcome['exceptions'] = [{ rowNo: 1, status: 'invalid', reason: 'not_in_directory' }];
    await heart.a.outcomes.write({ ...retryOutcome(await claimed(heart.a, id)), exceptions });
    await expect(heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id)))).resolves.toMatchObject({
      status: 'partial',
    });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'partial', n_sent: 1, n_invalid: 1 });
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
