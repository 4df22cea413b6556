import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AmbiguousDeliveryError, PermanentDeliveryError } from '#libs/core';
import type { MessagePlan } from '#libs/messages';
import type { TemplateDefinition } from '#libs/templates';
import { makeRouteDefinition } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks } from '../messages/books.js';
import { faultsInFigures } from '../insight/figures.js';
import { DispatchSystem } from './dispatch.fixture.js';

let system: DispatchSystem;

beforeAll(async () => {
  system = await DispatchSystem.start();
}, 60_000);

afterEach(async () => {
  await expect(faultsInFigures(system)).resolves.toEqual([]);
  system.vendor.onSend = undefined;
  await expect(faultsInBooks(system)).resolves.toEqual([]);
});

afterAll(() => system.stop());

type Cause = NonNullable<TemplateDefinition['fallback']>['on'][number];

const rule = (...on: Cause[]): Partial<TemplateDefinition> => ({
  routes: [
    makeRouteDefinition('letter'),
    makeRouteDefinition('note', { text: 'otherwise' }),
    makeRouteDefinition('board'),
  ],
  fallback: { on, afterSeconds: 600 },
});

const refused = (reason = 'content_invalid') => new PermanentDeliveryError(reason, 'x');
const refusing = (id: string) => ({
  refused: [{ addressee: { type: 'user' as const, id }, reason: 'recipient_not_visible' }],
  providerCode: '0',
  providerMsgId: `part-${id}`,
});
const shape = async (plan: MessagePlan): Promise<string[]> =>
  ((await system.read(plan)).deliveries ?? []).map(({ kind, routeNo, status }) => `${kind} ${routeNo} ${status}`);
const dueNow = (plan: MessagePlan, no = 1) =>
  system.query(`UPDATE delivery SET fallback_at = now() WHERE message_id = $1 AND no = $2`, [plan.id, no]);
const lookAt = async (plan: MessagePlan, no = 1): Promise<Date | null | undefined> => {
  const [row] = await system.query<{ fallback_at: Date | null }>(
    'SELECT fallback_at FROM delivery WHERE message_id = $1 AND no = $2',
    [plan.id, no],
  );
  return row?.fallback_at;
};

describe('a fallback on failure', () => {
  it('moves the recipients to the next route in the transaction that ends the delivery', async () => {
    const plan = await system.accept(['a', 'b'], rule('failed'));
    system.vendor.arrange(refused());
    await system.dispatch(plan);
    await expect(system.read(plan)).resolves.toMatchObject({
      status: 'sending',
      counts: { pending: 2 },
      recipientCount: 2,
    });
    await expect(shape(plan)).resolves.toEqual(['first 1 failed', 'fallback 2 accepted']);
    await system.dispatch(plan, 2);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'sent', counts: { sent: 2 }, deliveryCount: 2 });
    expect(system.vendor.sent.at(-1)).toMatchObject({
      content: { content: 'otherwise' },
      addressees: [{ id: 'a' }, { id: 'b' }],
    });
    const { texts } = await timelineOf(plan);
    expect(texts).toContainEqual('2 recipients go on to note: refused');
  });

  it('goes on from route to route, and fails with the last one', async () => {
    const plan = await system.accept(['a'], rule('failed'));
    system.vendor.arrange(refused(), refused(), refused('content_too_long'));
    for (const no of [1, 2, 3]) await system.dispatch(plan, no);
    await expect(shape(plan)).resolves.toEqual(['first 1 failed', 'fallback 2 failed', 'fallback 3 failed']);
    await expect(system.fates(plan)).resolves.toEqual(['failed content_too_long']);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'failed', counts: { failed: 1 } });
  });

  it('is only for those who did not get it', async () => {
    const plan = await system.accept(['a', 'b', 'c'], rule('unreachable'));
    system.vendor.arrange(refusing('b'));
    await system.dispatch(plan);
    await expect(shape(plan)).resolves.toEqual(['first 1 partial', 'fallback 2 accepted']);
    await system.dispatch(plan, 2);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'sent', counts: { sent: 3 } });
    expect(system.vendor.sent.at(-1)?.addressees).toEqual([{ type: 'user', id: 'b' }]);
  });

  it('is only for the causes that the template names', async () => {
    const refusedOnly = await system.accept(['a'], rule('failed'));
    system.vendor.arrange(refusing('a'));
    await system.dispatch(refusedOnly);
    await expect(system.fates(refusedOnly)).resolves.toEqual(['invalid recipient_not_visible']);
    const unreachableOnly = await system.accept(['a'], rule('unreachable'));
    system.vendor.arrange(refused());
    await system.dispatch(unreachableOnly);
    await expect(system.fates(unreachableOnly)).resolves.toEqual(['failed content_invalid']);
  });

  it('leaves those whom no other route can address with the first reason', async () => {
    const onlyNote = { ...rule('failed'), routes: [makeRouteDefinition('letter'), makeRouteDefinition('note')] };
    const plan = await system.accept([{ wecom: 'a' }, 'b'], onlyNote);
    system.vendor.arrange(refused());
    await system.dispatch(plan);
    await system.dispatch(plan, 2);
    await expect(system.fates(plan)).resolves.toEqual(['failed content_invalid', 'sent']);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'partial' });
  });

  it('stays on the channel that the caller asked for', async () => {
    const plan = await system.accept(['a'], rule('failed'), { channel: 'letter' });
    system.vendor.arrange(refused());
    await system.dispatch(plan);
    await expect(shape(plan)).resolves.toEqual(['first 1 failed']);
  });

  it('does not follow an unclear outcome: nobody knows whether it arrived', async () => {
    const plan = await system.accept(['a'], { ...rule('failed', 'unreachable'), onAmbiguous: 'hold' });
    system.vendor.arrange(new AmbiguousDeliveryError('connection_lost', 'x'));
    await system.dispatch(plan);
    await expect(shape(plan)).resolves.toEqual(['first 1 unknown']);
  });

  it('does not follow a recall', async () => {
    const plan = await system.accept(['a'], rule('failed'));
    system.vendor.arrange(refused());
    system.vendor.onSend = async () => void (await system.recall(plan));
    await system.dispatch(plan);
    await expect(shape(plan)).resolves.toEqual(['first 1 failed']);
    await expect(system.fates(plan)).resolves.toEqual(['failed content_invalid']);
  });

  it('is written completely or not at all', async () => {
    const plan = await system.accept(['a'], rule('failed'));
    // A number that the fallback wants is taken by something that must not be there.
    await system.query(`ALTER TABLE recipient ADD CONSTRAINT stays CHECK (route_no = 1) NOT VALID`);
    system.vendor.arrange(refused());
    await expect(system.dispatch(plan)).rejects.toThrow('stays');
    await system.query('ALTER TABLE recipient DROP CONSTRAINT stays');
    await expect(shape(plan)).resolves.toEqual(['first 1 sending']);
    await expect(system.read(plan)).resolves.toMatchObject({ counts: { pending: 1 } });
  });

  it('is also for those whom a late answer names', async () => {
    const plan = await system.accept(['a', 'b'], { ...rule('unreachable'), onAmbiguous: 'hold' });
    system.vendor.onSend = async () => {
      await system.query(`UPDATE delivery SET lease_until = now() - interval '1 ms' WHERE message_id = $1`, [plan.id]);
      await system.sweep.endLapsedLeases(10);
    };
    system.vendor.arrange(refusing('b'));
    await system.dispatch(plan);
    await expect(shape(plan)).resolves.toEqual(['first 1 partial', 'fallback 2 accepted']);
    system.vendor.onSend = undefined;
    await system.dispatch(plan, 2);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'sent', counts: { sent: 2 } });
  });

  it('is never a duplicate of the delivery that it replaces', async () => {
    const dedupe = { content: { limit: 1, windowSeconds: 300 }, frequency: { limit: 1, windowSeconds: 300 } };
    const plan = await system.accept(['a'], { ...rule('failed'), dedupe });
    system.vendor.arrange(refused());
    await system.dispatch(plan);
    await system.dispatch(plan, 2);
    await expect(system.fates(plan)).resolves.toEqual(['sent']);
  });
});

describe('a fallback on time', () => {
  it('sends by the next route what was not sent in time, and keeps the first', async () => {
    const plan = await system.accept(['a'], rule('timeout'));
    await expect(system.fallbacks.sweep(10)).resolves.toBe(0);
    await dueNow(plan);
    await expect(system.fallbacks.sweep(10)).resolves.toBe(1);
    await expect(shape(plan)).resolves.toEqual(['first 1 accepted', 'fallback 2 accepted']);
    await expect(system.read(plan)).resolves.toMatchObject({ recipientCount: 1, counts: { pending: 2 } });
    await system.dispatch(plan, 2);
    await system.dispatch(plan, 1);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'sent', counts: { sent: 2 }, recipientCount: 1 });
  });

  it('is done once, also when the first one fails afterwards', async () => {
    const plan = await system.accept(['a'], rule('timeout', 'failed'));
    await dueNow(plan);
    await system.fallbacks.sweep(10);
    await dueNow(plan);
    await system.fallbacks.sweep(10);
    system.vendor.arrange(refused());
    await system.dispatch(plan);
    await expect(shape(plan)).resolves.toEqual(['first 1 failed', 'fallback 2 accepted']);
    await expect(lookAt(plan)).resolves.toBeNull();
    expect(await lookAt(plan, 2)).toBeInstanceOf(Date);
  });

  it('waits for a call that is under way', async () => {
    const plan = await system.accept(['a'], rule('timeout'));
    system.vendor.onSend = async () => {
      await dueNow(plan);
      await system.fallbacks.sweep(10);
      await expect(shape(plan)).resolves.toEqual(['first 1 sending']);
    };
    await system.dispatch(plan);
    await expect(lookAt(plan)).resolves.toBeInstanceOf(Date);
    await dueNow(plan);
    await system.fallbacks.sweep(10);
    await expect(shape(plan)).resolves.toEqual(['first 1 sent']);
  });

  it.each([
    ['a recall', (plan: MessagePlan) => system.recall(plan)],
    [
      'its time is over',
      (plan: MessagePlan) => system.query('UPDATE delivery SET expire_at = now() WHERE message_id = $1', [plan.id]),
    ],
  ])('does not happen after %s', async (_case, end) => {
    const plan = await system.accept(['a'], rule('timeout'));
    await end(plan);
    await dueNow(plan);
    await system.fallbacks.sweep(10);
    await expect(lookAt(plan)).resolves.toBeNull();
    await expect(system.read(plan)).resolves.toMatchObject({ deliveryCount: 1 });
  });

  it('sends by the next route what a receipt says was not read, and waits for receipts that are out', async () => {
    const plan = await system.accept(['a', 'b', 'c'], rule('unread'));
    await system.dispatch(plan);
    const say = (rowNo: number, status: string) =>
      system.query(
        `WITH row AS (UPDATE recipient SET status = $3 WHERE message_id = $1 AND row_no = $2 RETURNING 1)
         UPDATE message SET n_sent = n_sent - 1, n_${status} = n_${status} + 1 WHERE id = $1`,
        [plan.id, rowNo, status],
      );
    await system.query(`UPDATE delivery SET sent_at = now() - interval '11 minutes' WHERE message_id = $1`, [plan.id]);
    await dueNow(plan);
    await system.fallbacks.sweep(10);
    await expect(shape(plan)).resolves.toEqual(['first 1 sent']);
    expect(await lookAt(plan)).toBeInstanceOf(Date);

    await say(1, 'read');
    await say(2, 'delivered');
    await say(3, 'delivered');
    await dueNow(plan);
    await system.fallbacks.sweep(10);
    await expect(shape(plan)).resolves.toEqual(['first 1 sent', 'fallback 2 accepted']);
    await system.dispatch(plan, 2);
    expect(system.vendor.sent.at(-1)?.addressees).toEqual([
      { type: 'user', id: 'b' },
      { type: 'user', id: 'c' },
    ]);
    await expect(system.fates(plan)).resolves.toEqual(['read', 'delivered', 'delivered', 'sent', 'sent']);
  });

  it('moves what a receipt says has failed', async () => {
    const plan = await system.accept(['a'], rule('failed'));
    await system.dispatch(plan);
    await system.query(
      `WITH row AS (UPDATE recipient SET status = 'failed', reason = 'provider_error' WHERE message_id = $1 RETURNING 1),
         del AS (UPDATE delivery SET status = 'failed', fallback_at = now() WHERE message_id = $1 RETURNING 1)
       UPDATE message SET n_sent = 0, n_failed = 1, status = 'failed' WHERE id = $1`,
      [plan.id],
    );
    await system.fallbacks.sweep(10);
    await expect(shape(plan)).resolves.toEqual(['first 1 failed', 'fallback 2 accepted']);
  });
});

async function timelineOf(plan: MessagePlan): Promise<{ readonly texts: readonly string[] }> {
  const events = await system.timeline(plan);
  return { texts: events.map(({ text }) => text) };
}
