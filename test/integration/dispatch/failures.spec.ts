import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AmbiguousDeliveryError, PermanentDeliveryError, RetryableDeliveryError } from '#libs/core';
import { makeRouteDefinition } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks, faultsInMoves, recordMoves } from '../messages/books.js';
import { DispatchSystem } from './dispatch.fixture.js';

let system: DispatchSystem;

beforeAll(async () => {
  system = await DispatchSystem.start();
  await recordMoves(system);
}, 60_000);

afterEach(async () => {
  system.vendor.onSend = undefined;
  await expect(faultsInBooks(system)).resolves.toEqual([]);
  await expect(faultsInMoves(system)).resolves.toEqual([]);
});

afterAll(() => system.stop());

const callsSince = (count: number) => system.vendor.sent.slice(count);
const lost = () => new AmbiguousDeliveryError('connection_lost', 'x');
const busy = () => new RetryableDeliveryError('provider_busy', 'x', true);
const deliveryOf = async (plan: { id: string }, no = 1) => (await system.read(plan)).deliveries?.[no - 1];

describe('a call that failed', () => {
  it('for the time being is repeated and charged', async () => {
    const plan = await system.accept(['a']);
    system.vendor.arrange(busy());
    await system.dispatch(plan);
    await expect(deliveryOf(plan)).resolves.toMatchObject({
      status: 'scheduled',
      reason: 'retry',
      attempts: 1,
      nextAttemptAt: expect.any(String),
      error: { code: 'provider_busy' },
    });
    await system.skipWait(plan);
    await system.dispatch(plan);
    await expect(deliveryOf(plan)).resolves.toMatchObject({ status: 'sent', attempts: 2 });
    await expect(deliveryOf(plan)).resolves.not.toHaveProperty('error');
    await expect(system.attempts(plan)).resolves.toEqual(['not_sent provider_busy', 'sent']);
  });

  it('eight times is given up', async () => {
    const plan = await system.accept(['a']);
    system.vendor.arrange(...Array.from({ length: 8 }, busy));
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await system.skipWait(plan);
      await system.dispatch(plan);
    }
    await expect(system.read(plan)).resolves.toMatchObject({
      status: 'failed',
      reason: 'attempts_exhausted',
      deliveries: [{ attempts: 8 }],
    });
  });

  it('because the provider was not reached costs no attempt', async () => {
    const plan = await system.accept(['a']);
    system.vendor.arrange(...Array.from({ length: 4 }, () => new RetryableDeliveryError('connect_failed', 'x', false)));
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await system.skipWait(plan);
      await system.dispatch(plan);
    }
    await expect(deliveryOf(plan)).resolves.toMatchObject({ status: 'scheduled', reason: 'retry', attempts: 0 });
    await expect(system.attempts(plan)).resolves.toHaveLength(4);
    await system.skipWait(plan);
    await system.dispatch(plan);
    await expect(deliveryOf(plan)).resolves.toMatchObject({ status: 'sent', attempts: 1 });
  });

  it('for good ends the delivery with the reason, and is not repeated', async () => {
    const plan = await system.accept(['a']);
    const provider = { name: 'vendor', code: '40058', message: 'bad' };
    system.vendor.arrange(new PermanentDeliveryError('content_invalid', 'x', [], { provider }));
    const before = system.vendor.sent.length;
    await system.dispatch(plan);
    await system.dispatch(plan);
    expect(callsSince(before)).toHaveLength(1);
    await expect(system.read(plan)).resolves.toMatchObject({
      status: 'failed',
      reason: 'content_invalid',
      deliveries: [{ error: { code: 'content_invalid', provider: { code: '40058' } } }],
    });
  });

  it('by a fault of our own is repeated, and shows nothing of it', async () => {
    const plan = await system.accept(['a']);
    system.vendor.arrange(new TypeError('secret detail'));
    await system.dispatch(plan);
    const delivery = await deliveryOf(plan);
    expect(delivery).toMatchObject({ status: 'scheduled', error: { code: 'internal_error' } });
    expect(JSON.stringify(delivery)).not.toContain('secret detail');
  });
});

describe('a call that nobody knows the end of', () => {
  it('is repeated once and marked as a possible duplicate', async () => {
    const plan = await system.accept(['a']);
    system.vendor.arrange(lost(), lost());
    await system.dispatch(plan);
    await expect(deliveryOf(plan)).resolves.toMatchObject({
      status: 'scheduled',
      reason: 'ambiguous_retry',
      possibleDuplicate: true,
    });
    await system.skipWait(plan);
    await system.dispatch(plan);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'unknown', reason: 'connection_lost' });
  });

  it('is repeated thrice without a mark where the vendor suppresses repetitions', async () => {
    const plan = await system.accept(['a'], { routes: [makeRouteDefinition('note')] });
    system.vendor.arrange(lost(), lost(), lost());
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await system.skipWait(plan);
      await system.dispatch(plan);
    }
    const delivery = await deliveryOf(plan);
    expect(delivery).toMatchObject({ status: 'sent', attempts: 4 });
    expect(delivery).not.toHaveProperty('possibleDuplicate');
  });

  it('is left to a person when the template says hold', async () => {
    const plan = await system.accept(['a'], { onAmbiguous: 'hold' });
    system.vendor.arrange(lost());
    const before = system.vendor.sent.length;
    await system.dispatch(plan);
    await system.dispatch(plan);
    expect(callsSince(before)).toHaveLength(1);
    await expect(system.fates(plan)).resolves.toEqual(['unknown connection_lost']);
  });

  it('sends the same again, byte for byte', async () => {
    const plan = await system.accept(['a', 'b'], {}, { params: { x: '1' } });
    system.vendor.arrange(lost());
    const before = system.vendor.sent.length;
    await system.dispatch(plan);
    await system.skipWait(plan);
    await system.dispatch(plan);
    const [first, second] = callsSince(before);
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  it('that is answered after another process took over is recorded with its own attempt', async () => {
    const other = await system.addProcess();
    const plan = await system.accept(['a']);
    const before = system.vendor.sent.length;
    system.vendor.onSend = async () => {
      system.vendor.onSend = undefined;
      await system.query(`UPDATE delivery SET lease_until = now() - interval '1 s' WHERE message_id = $1`, [plan.id]);
      await system.sweep.endLapsedLeases(10);
      await system.dispatch(plan, 1, other);
    };
    await system.dispatch(plan);
    expect(callsSince(before)).toHaveLength(2);
    await expect(system.attempts(plan)).resolves.toEqual(['sent', 'sent']);
    await expect(deliveryOf(plan)).resolves.toMatchObject({ status: 'sent', possibleDuplicate: true });
  });
});
