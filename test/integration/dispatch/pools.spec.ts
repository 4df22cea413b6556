import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LimitDefinition } from '#libs/channels';
import { AmbiguousDeliveryError, RateLimitedError } from '#libs/core';
import type { MessagePlan } from '#libs/messages';
import type { TemplateDefinition } from '#libs/templates';
import { makeRouteDefinition } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks, faultsInMoves, recordMoves } from '../messages/books.js';
import { faultsInFigures } from '../insight/figures.js';
import { DispatchSystem } from './dispatch.fixture.js';

const ROOM = 4;
const LIMITS: readonly LimitDefinition[] = [
  { key: 'perMinute', label: { zh: '限', en: 'Limit' }, scope: 'account', limit: ROOM, windowSeconds: 60 },
];
const PASS = { perPair: 200, total: 1_000, againMs: 10_000, highOnly: false };
const PROCESSES = 2;

const poolOf = (channel: string): Partial<TemplateDefinition> => ({
  routes: [makeRouteDefinition(channel, { accounts: [`${channel}-1`, `${channel}-2`] })],
});

let system: DispatchSystem;

beforeAll(async () => {
  system = await DispatchSystem.start(LIMITS);
  for (const channel of ['letter', 'board']) {
    await system.query(
      `INSERT INTO account (code, name, channel, config, created_at) VALUES ($1, 'x', $2, '{}', '2026-01-01')`,
      [`${channel}-2`, channel],
    );
  }
  await recordMoves(system);
  await system.addProcess();
}, 60_000);

beforeEach(async () => {
  await system.query('TRUNCATE message, delivery, recipient, attempt, event, limit_window, stat_delta');
  await system.openGates();
  system.forgetAccounts();
});

afterEach(async () => {
  await expect(faultsInFigures(system)).resolves.toEqual([]);
  await expect(faultsInBooks(system)).resolves.toEqual([]);
  await expect(faultsInMoves(system)).resolves.toEqual([]);
});

afterAll(() => system.stop());

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

async function acceptMany(
  count: number,
  changes: Partial<TemplateDefinition> = poolOf('letter'),
  request: Parameters<DispatchSystem['acceptOf']>[2] = {},
): Promise<MessagePlan[]> {
  const template = await system.addTemplate(changes);
  const plans: MessagePlan[] = [];
  for (const _ of numbers(count)) plans.push(await system.acceptOf(template, ['a'], request));
  return plans;
}

/** All messages are the first account's to begin with, whatever their ids say. */
async function pickFirst(plans: readonly MessagePlan[], account = 'letter-1'): Promise<readonly MessagePlan[]> {
  await system.query('UPDATE delivery SET account = $1', [account]);
  return plans;
}

/** As jobs in several workers. */
const dispatchAll = (plans: readonly { id: string }[]): Promise<unknown> =>
  Promise.all(plans.map((plan, index) => system.dispatch(plan, 1, index % PROCESSES)));

/** Passes of the sweep in as many processes, with what they publish sent, until nothing is left to let go. */
async function sweepUntilQuiet(): Promise<void> {
  for (;;) {
    const passes = await Promise.all(numbers(PROCESSES).map(() => system.sweep.takeDue(PASS)));
    const due = passes.flat();
    if (due.length === 0) return;
    await dispatchAll(due.map(({ messageId }) => ({ id: messageId })));
  }
}

/** Sent deliveries per account. */
async function sent(): Promise<Record<string, number>> {
  const rows = await system.query<{ account: string; n: number }>(
    `SELECT account, count(*)::int AS n FROM delivery WHERE status = 'sent' GROUP BY account ORDER BY account`,
  );
  return Object.fromEntries(rows.map(({ account, n }) => [account, n]));
}

/** Calls per account as the ledger knows them. */
async function used(): Promise<Record<string, number>> {
  const rows = await system.query<{ account: string; n: number }>(
    `SELECT account, cardinality(calls) AS n FROM limit_window ORDER BY account`,
  );
  return Object.fromEntries(rows.map(({ account, n }) => [account, n]));
}

const pause = (account: string): Promise<unknown> =>
  system.query(`UPDATE account SET status = 'paused', paused_by = 'operator' WHERE code = $1`, [account]);

describe('a pool of accounts', () => {
  beforeEach(() => system.query(`UPDATE account SET limits = '{"highReserve": 0}'`));

  it('sends as much at once as all its accounts together may, and keeps the window of each', async () => {
    const plans = await pickFirst(await acceptMany(2 * ROOM + 3));
    await dispatchAll(plans);
    await sweepUntilQuiet();
    await expect(sent()).resolves.toEqual({ 'letter-1': ROOM, 'letter-2': ROOM });
    await expect(used()).resolves.toEqual({ 'letter-1': ROOM, 'letter-2': ROOM });
    const states = await Promise.all(plans.map((plan) => system.read(plan)));
    expect(states.map(({ status }) => (status === 'sent' ? 's' : '.')).join('')).toBe('ssssssss...');
  });

  it('sends through the others what waits for an account that was paused', async () => {
    const plans = await pickFirst(await acceptMany(ROOM));
    await pause('letter-1');
    await sweepUntilQuiet();
    await expect(sent()).resolves.toEqual({ 'letter-2': ROOM });
    const events = await system.timeline(plans[0] ?? { id: '' });
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'moved', deliveryNo: 1, text: 'Handed from the account letter-1 to letter-2' }),
    );
  });

  it('does not wait for the end of a block that the vendor has put on one account', async () => {
    const [plan = { id: '' }] = await pickFirst(await acceptMany(1));
    system.vendor.arrange(new RateLimitedError('rate_limited', 'slow down', 600_000, 'account'));
    await system.dispatch(plan);
    await expect(system.read(plan)).resolves.toMatchObject({
      deliveries: [{ status: 'scheduled', reason: 'rate_limited', attempts: 0, account: 'letter-1' }],
    });
    await sweepUntilQuiet();
    await expect(sent()).resolves.toEqual({ 'letter-2': 1 });
  });

  it('takes the recipient of a chat group along, which is the account itself', async () => {
    const [plan = { id: '' }] = await pickFirst(await acceptMany(1, poolOf('board')), 'board-1');
    await pause('board-1');
    await sweepUntilQuiet();
    await expect(
      system.query('SELECT ref, addressee_id, status, detail FROM recipient WHERE message_id = $1', [plan.id]),
    ).resolves.toEqual([
      { ref: 'group:board-2', addressee_id: 'board-2', status: 'sent', detail: { mentions: expect.anything() } },
    ]);
    expect(system.vendor.sent.at(-1)?.mentions).toEqual([{ type: 'user', id: 'a' }]);
  });

  it('keeps a delivery where an attempt may have arrived', async () => {
    const [plan = { id: '' }] = await pickFirst(await acceptMany(1));
    system.vendor.arrange(new AmbiguousDeliveryError('connection_lost', 'x'));
    await system.dispatch(plan);
    await system.query(`UPDATE delivery SET next_attempt_at = now(), publish_at = now()`);
    await pause('letter-1');
    await expect(system.sweep.takeDue(PASS)).resolves.toEqual([]);
    await expect(system.read(plan)).resolves.toMatchObject({ deliveries: [{ account: 'letter-1' }] });
  });

  it('is not used for a message that names its account', async () => {
    await acceptMany(1, poolOf('letter'), { account: 'letter-1' });
    await pause('letter-1');
    await expect(system.sweep.takeDue(PASS)).resolves.toEqual([]);
    await expect(sent()).resolves.toEqual({});
  });

  it('leaves alone what is not due yet', async () => {
    await pickFirst(await acceptMany(1, poolOf('letter'), { sendAt: new Date(Date.now() + 60_000) }));
    await pause('letter-1');
    await expect(system.sweep.takeDue(PASS)).resolves.toEqual([]);
    await expect(system.query('SELECT account FROM delivery')).resolves.toEqual([{ account: 'letter-1' }]);
  });
});
