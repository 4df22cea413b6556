import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConflictError } from '#libs/core';
import type { ClaimedPoll, ClaimedRecallItem, ReceiptStatus, RecipientReceipt } from '#libs/messages';
import { makeRouteDefinition, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { faultsInFigures, recount } from '../insight/figures.js';
import { faultsInBooks, faultsInMoves, faultsOfReceipts, receiptMoves, recordMoves, recordReceipts } from './books.js';
import { askedOutcome, claimed, startHeart, type Heart, type Process } from './heart.fixture.js';

const RUNS = 6;
const PEOPLE = ['a', 'b', 'c', 'd', 'e'];

let heart: Heart;

beforeAll(async () => {
  heart = await startHeart();
  await recordMoves(heart);
  await recordReceipts(heart);
}, 60_000);

afterAll(() => heart.stop());

/** One worker, with the questions and recalls in its hands. */
interface Actor {
  readonly process: Process;
  readonly polls: ClaimedPoll[];
  readonly items: ClaimedRecallItem[];
}

/** `pick` decides the rest. */
interface Command {
  readonly name: keyof typeof COMMANDS;
  readonly message: number;
  readonly pick: number;
}

const takeOne = <Thing>(things: Thing[], pick: number): Thing | undefined =>
  things.splice(pick % Math.max(things.length, 1), 1)[0];

/** Also takes over what another worker holds: its lease has run out. */
async function ask({ polls, process }: Actor, messageId: string): Promise<void> {
  await process.database.query('UPDATE receipt_poll SET due_at = now() WHERE message_id = $1', [messageId]);
  polls.push(...(await process.receipts.takeDue({ channels: ['note'], perAccount: 3, total: 3 })));
}

const TOLD: readonly (ReceiptStatus | undefined)[] = ['delivered', 'read', 'delivered', 'failed', 'invalid', undefined];

/** What was true when it was asked: rows may have been recalled, replayed or told of since. */
async function tell({ polls, process }: Actor, _messageId: string, pick: number): Promise<void> {
  const poll = takeOne(polls, pick);
  if (!poll) return;
  const recipients = poll.recipients.flatMap(({ id, rowNo }): RecipientReceipt[] => {
    const status = TOLD[(pick + rowNo * (1 + (pick % 5))) % TOLD.length];
    return status ? [{ rowNo, status, ...(pick % 4 === 0 && { repeatedFor: id }) }] : [];
  });
  await process.receipts.finish({ poll, recipients, again: { waitMs: 0, counts: true } });
}

/** Sends what a replay has added. */
async function sendReplayed({ process }: Actor, messageId: string, pick: number): Promise<void> {
  const delivery = await process.claims.claim(messageId, 2 + (pick % 3));
  if (delivery) await process.outcomes.write(askedOutcome(delivery));
}

async function claimRecall({ items, process }: Actor, messageId: string): Promise<void> {
  const [open] = await process.database.query<{ recall_id: string; delivery_no: number }>(
    `SELECT recall_id, delivery_no FROM recall_item WHERE message_id = $1 AND status = 'waiting'`,
    [messageId],
  );
  const item = open && (await process.recallItems.claim(open.recall_id, messageId, open.delivery_no));
  if (item) items.push(item);
}

async function finishRecall({ items, process }: Actor, _messageId: string, pick: number): Promise<void> {
  const item = takeOne(items, pick);
  if (!item) return;
  const isSent = ['sent', 'partial'].includes(item.deliveryStatus);
  const status = isSent && pick % 3 > 0 ? 'recalled' : 'failed';
  await process.recallItems.finish({ item, status, counts: true });
}

type Run = (actor: Actor, messageId: string, pick: number) => Promise<unknown>;

const COMMANDS = {
  ask,
  tell,
  sendReplayed,
  claimRecall,
  finishRecall,
  replay: ({ process }, messageId) => process.replays.replay({ messageId, includeUnknown: false, actor: 'test' }),
  recall: ({ process }, messageId) =>
    process.recalls.recallMessage(messageId, { callerId: messageId, keyName: 'test' }),
} as const satisfies Record<string, Run>;

/** A recall ends everything: it is rare, so that much happens before. */
const WEIGHTS: Readonly<Record<keyof typeof COMMANDS, number>> = {
  ask: 10,
  tell: 12,
  sendReplayed: 4,
  replay: 3,
  claimRecall: 2,
  finishRecall: 2,
  recall: 1,
};

const anyWork = fc.array(
  fc.record<Command>({
    name: fc.oneof(
      ...Object.entries(WEIGHTS).map(([name, weight]) => ({
        weight,
        arbitrary: fc.constant(name as keyof typeof COMMANDS),
      })),
    ),
    message: fc.nat(2),
    pick: fc.nat(29),
  }),
  { minLength: 40, maxLength: 60, size: 'max' },
);

async function work(actor: Actor, ids: readonly string[], commands: readonly Command[]): Promise<void> {
  for (const { message, name, pick } of commands) {
    const run: Run = COMMANDS[name];
    // The state may forbid a command: that is an answer, not a fault.
    await run(actor, ids[message] ?? '', pick).catch((error: unknown) => {
      if (!(error instanceof ConflictError)) throw error;
    });
  }
}

async function sendThree(): Promise<string[]> {
  const template = makeTemplate({ routes: [makeRouteDefinition('note')] });
  const plans = await Promise.all([PEOPLE, PEOPLE, PEOPLE].map((people) => heart.accept(people, { template })));
  for (const { id } of plans) await heart.a.outcomes.write(askedOutcome(await claimed(heart.a, id)));
  return plans.map(({ id }) => id);
}

it('receipts, recalls and replays of two workers at once keep the books in balance and only move forward', async () => {
  await fc.assert(
    fc.asyncProperty(anyWork, anyWork, async (first, second) => {
      const ids = await sendThree();
      const actors = [heart.a, heart.b].map((process): Actor => ({ process, polls: [], items: [] }));
      await Promise.all(actors.map((actor, index) => work(actor, ids, index === 0 ? first : second)));

      await expect(faultsInBooks(heart)).resolves.toEqual([]);
      await expect(faultsInMoves(heart)).resolves.toEqual([]);
      await expect(faultsOfReceipts(heart)).resolves.toEqual([]);
      await expect(faultsInFigures(heart)).resolves.toEqual([]);
      await expect(recount(heart.a.database)).resolves.toEqual([]);
      await heart.query(
        'TRUNCATE message, delivery, recipient, attempt, event, recall_item, recall, move, receipt_poll, stat_delta, stat_minute, stat_hour, stat_day',
      );
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  // A check of nothing would prove nothing: each of the fifteen recipients of a run is told of at least once, mostly.
  await expect(receiptMoves(heart)).resolves.toBeGreaterThan(RUNS * PEOPLE.length);
}, 120_000);
