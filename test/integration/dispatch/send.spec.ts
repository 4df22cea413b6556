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

describe('a delivery that is dispatched', () => {
  it('is sent in one call, with its content as rendered, and recorded', async () => {
    const routes = [makeRouteDefinition('letter', { text: '{{name}}: {{order}}' })];
    const plan = await system.accept(['a', 'b'], { routes }, { params: { name: '张三', order: 'A1' } });
    const before = system.vendor.sent.length;
    await system.dispatch(plan);
    expect(callsSince(before)).toMatchObject([
      {
        deliveryId: `${plan.id}-1`,
        content: { kind: 'text', content: '张三: A1' },
        addressees: [
          { type: 'user', id: 'a' },
          { type: 'user', id: 'b' },
        ],
      },
    ]);
    await expect(system.read(plan)).resolves.toMatchObject({
      status: 'sent',
      counts: { sent: 2 },
      deliveries: [{ status: 'sent', attempts: 1, providerMsgId: expect.stringMatching(/^id-/) }],
    });
    expect(system.observer.steps.slice(-4)).toEqual(['validate next', 'dedupe next', 'route next', 'deliver next']);
    expect(system.observer.ends.at(-1)).toMatchObject({ channel: 'letter', account: 'letter-1', status: 'sent' });
  });

  it('by many jobs at once, in two processes, is sent once', async () => {
    const other = await system.addProcess();
    const plan = await system.accept(['a']);
    const before = system.vendor.sent.length;
    await Promise.all(Array.from({ length: 20 }, (_, index) => system.dispatch(plan, 1, index % 2 === 0 ? 0 : other)));
    expect(callsSince(before)).toHaveLength(1);
    await system.dispatch(plan);
    expect(callsSince(before)).toHaveLength(1);
  });

  it('is sent to those who can be reached: a mobile is nobody without a directory', async () => {
    const plan = await system.accept(['a', { mobile: '13800000000' }]);
    await system.dispatch(plan);
    await expect(system.fates(plan)).resolves.toEqual(['sent', 'invalid not_in_directory']);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'partial' });
  });

  it('costs no call when nobody can be reached', async () => {
    const plan = await system.accept([{ mobile: '13800000000' }, { email: 'a@b.cn' }]);
    const before = system.vendor.sent.length;
    await system.dispatch(plan);
    expect(callsSince(before)).toEqual([]);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'failed', counts: { invalid: 2 } });
    await expect(system.attempts(plan)).resolves.toEqual([]);
  });

  it('gives each refused recipient its own reason', async () => {
    const plan = await system.accept(['a', 'b', 'c']);
    system.vendor.arrange({
      providerCode: '0',
      providerMsgId: 'partly',
      refused: [{ addressee: { type: 'user', id: 'B' }, reason: 'recipient_unknown', providerCode: '81013' }],
    });
    await system.dispatch(plan);
    await expect(system.fates(plan)).resolves.toEqual(['sent', 'invalid recipient_unknown', 'sent']);
    await expect(deliveryOf(plan)).resolves.toMatchObject({ status: 'partial', providerMsgId: 'partly' });
  });

  it('goes to the chat group with the mentions of its recipients', async () => {
    const routes = [makeRouteDefinition('board')];
    const plan = await system.accept(['li', { all: true }], { routes });
    const before = system.vendor.sent.length;
    await system.dispatch(plan);
    expect(callsSince(before)).toMatchObject([{ addressees: [], content: { content: 'hello @li @ALL' } }]);
    await expect(system.fates(plan)).resolves.toEqual(['sent']);
  });
});

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
    system.vendor.arrange(
      ...Array.from({ length: 10 }, () => new RetryableDeliveryError('connect_failed', 'x', false)),
    );
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await system.skipWait(plan);
      await system.dispatch(plan);
    }
    await expect(deliveryOf(plan)).resolves.toMatchObject({ status: 'scheduled', reason: 'retry', attempts: 0 });
    await expect(system.attempts(plan)).resolves.toHaveLength(10);
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
