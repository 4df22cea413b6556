import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AmbiguousDeliveryError,
  CredentialError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
} from '#libs/core';
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

describe('a template that limits repetitions', () => {
  const content = { dedupe: { content: { windowSeconds: 300, limit: 1 }, frequency: null } };

  it('suppresses the same content to the same person, and names the message it duplicates', async () => {
    const template = await system.addTemplate(content);
    const first = await system.acceptOf(template, ['a', 'b']);
    await system.dispatch(first);
    const second = await system.acceptOf(template, ['B', 'c']);
    await system.dispatch(second);
    await expect(system.fates(second)).resolves.toEqual(['suppressed duplicate_content', 'sent']);
    await expect(
      system.query(`SELECT detail FROM recipient WHERE message_id = $1 AND row_no = 1`, [second.id]),
    ).resolves.toEqual([{ detail: { duplicateOf: first.id } }]);
    const third = await system.acceptOf(template, [{ wecom: 'a' }]);
    await system.dispatch(third);
    await expect(system.read(third)).resolves.toMatchObject({ status: 'suppressed', reason: 'duplicate_content' });
  });

  it('never takes a message for a duplicate of itself', async () => {
    const template = await system.addTemplate(content);
    const plan = await system.acceptOf(template, ['a']);
    system.vendor.arrange(busy(), lost());
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await system.skipWait(plan);
      await system.dispatch(plan);
    }
    await expect(system.fates(plan)).resolves.toEqual(['sent']);
  });

  it('lets the content through again when the first one failed', async () => {
    const template = await system.addTemplate(content);
    const first = await system.acceptOf(template, ['a']);
    system.vendor.arrange(new PermanentDeliveryError('content_invalid', 'x'));
    await system.dispatch(first);
    const second = await system.acceptOf(template, ['a']);
    await system.dispatch(second);
    await expect(system.fates(second)).resolves.toEqual(['sent']);
  });

  it('lets one of many through that are dispatched at once', async () => {
    const template = await system.addTemplate(content);
    const plans = await Promise.all(Array.from({ length: 20 }, () => system.acceptOf(template, ['a'])));
    const before = system.vendor.sent.length;
    await Promise.all(plans.map((plan) => system.dispatch(plan)));
    expect(callsSince(before)).toHaveLength(1);
  });

  it('counts messages to one person, whatever they say', async () => {
    const routes = [makeRouteDefinition('letter', { text: '{{n}}' })];
    const frequency = { windowSeconds: 86_400, limit: 2 };
    const template = await system.addTemplate({ routes, dedupe: { content: null, frequency } });
    const fates: string[] = [];
    for (const n of [1, 2, 3]) {
      const plan = await system.acceptOf(template, ['a'], { params: { n } });
      await system.dispatch(plan);
      fates.push(...(await system.fates(plan)));
    }
    expect(fates).toEqual(['sent', 'sent', 'suppressed frequency_limit']);
  });
});

describe('quiet hours', () => {
  const now = new Date();
  const at = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString().slice(11, 16);
  const quiet = { from: at(-2), to: at(2), timeZone: 'UTC', highBypasses: true } as const;

  it('make a message wait, at no attempt', async () => {
    const plan = await system.accept(['a'], { quietHours: { ...quiet, action: 'delay' } });
    await system.dispatch(plan);
    await expect(system.read(plan)).resolves.toMatchObject({
      status: 'scheduled',
      deliveries: [{ reason: 'quiet_hours', attempts: 0, nextAttemptAt: expect.stringContaining(`T${quiet.to}:0`) }],
    });
    await expect(system.attempts(plan)).resolves.toEqual([]);
  });

  it('drop a message where the template says so, and let high priority through', async () => {
    const template = await system.addTemplate({ quietHours: { ...quiet, action: 'drop' } });
    const dropped = await system.acceptOf(template, ['a']);
    await system.dispatch(dropped);
    await expect(system.read(dropped)).resolves.toMatchObject({ status: 'suppressed', reason: 'quiet_hours_drop' });
    const urgent = await system.acceptOf(template, ['a'], { priority: 'high' });
    await system.dispatch(urgent);
    await expect(system.fates(urgent)).resolves.toEqual(['sent']);
  });
});

describe('the gates of an account', () => {
  it('close when the vendor asks to slow down; others go on, and no attempt is used', async () => {
    const plan = await system.accept(['a']);
    system.vendor.arrange(new RateLimitedError('provider_throttled', 'x', 60_000, 'account'));
    await system.dispatch(plan);
    await expect(deliveryOf(plan)).resolves.toMatchObject({ status: 'scheduled', reason: 'rate_limited', attempts: 0 });
    const next = await system.accept(['a']);
    const before = system.vendor.sent.length;
    await system.dispatch(next);
    expect(callsSince(before)).toEqual([]);
    const elsewhere = await system.accept(['a'], { routes: [makeRouteDefinition('note')] });
    await system.dispatch(elsewhere);
    await expect(system.fates(elsewhere)).resolves.toEqual(['sent']);
    await system.openGates();
    await system.skipWait(plan);
    await system.dispatch(plan);
    await expect(system.fates(plan)).resolves.toEqual(['sent']);
  });

  it('close when the credentials are refused; what waits leaves once they are mended', async () => {
    const plan = await system.accept(['a']);
    system.vendor.arrange(new CredentialError('secret_invalid', 'x'));
    await system.dispatch(plan);
    await expect(deliveryOf(plan)).resolves.toMatchObject({
      status: 'scheduled',
      reason: 'account_paused',
      attempts: 0,
    });
    await expect(
      system.query(`SELECT status, paused_by, paused_reason FROM account WHERE code = 'letter-1'`),
    ).resolves.toEqual([{ status: 'paused', paused_by: 'credentials', paused_reason: 'secret_invalid' }]);
    await system.openGates();
    await system.dispatch(plan);
    await expect(system.fates(plan)).resolves.toEqual(['sent']);
  });
});
