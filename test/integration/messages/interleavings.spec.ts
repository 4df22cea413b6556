import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConflictError } from '#libs/core';
import type { ClaimedDelivery, ClaimedPoll, ClaimedRecallItem, DeliveryOutcome, ReceiptStatus } from '#libs/messages';
import { makeRouteDefinition, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { faultsInFigures, foldOrCrash, recount } from '../insight/figures.js';
import {
  claimsEndedByOutcome,
  faultsInBooks,
  faultsInMoves,
  faultsOfReceipts,
  recordMoves,
  recordReceipts,
} from './books.js';
import {
  Process,
  ambiguousOutcome,
  askedOutcome,
  failedOutcome,
  lapse,
  outcomeOf,
  retryOutcome,
  startHeart,
  unknownOutcome,
  type Heart,
} from './heart.fixture.js';

let heart: Heart;

beforeAll(async () => {
  heart = await startHeart();
  await recordMoves(heart);
  await recordReceipts(heart);
}, 60_000);

afterAll(() => heart.stop());

/** A process as a worker and an API see it: the deliveries it holds, and what it may be told to do. */
interface Actor {
  readonly process: Process;
  readonly held: ClaimedDelivery[];
  readonly items: ClaimedRecallItem[];
  readonly polls: ClaimedPoll[];
  /** Claims it won, and those of them whose outcome it wrote: `<message>.<delivery>.<fence>`. */
  readonly won: string[];
  readonly written: string[];
}

/** Statements take a message and a free number that decides the rest. */
interface Command {
  readonly name: keyof typeof COMMANDS;
  readonly message: number;
  readonly pick: number;
}

type Run = (actor: Actor, messageId: string, pick: number) => Promise<unknown>;

const suppressed = (delivery: ClaimedDelivery): DeliveryOutcome =>
  outcomeOf(delivery, {
    status: 'suppressed',
    reason: 'duplicate_content',
    exceptions: delivery.recipients.map(({ rowNo }) => ({
      rowNo,
      status: 'suppressed',
      reason: 'duplicate_content',
    })),
  });

/** The first recipient is refused, everybody else is sent to. */
const partial = (delivery: ClaimedDelivery): DeliveryOutcome => ({
  ...askedOutcome(delivery),
  status: 'partial',
  exceptions: delivery.recipients.slice(0, 1).map(({ rowNo }) => ({ rowNo, status: 'invalid', reason: 'not_visible' })),
});

const handedBack = (delivery: ClaimedDelivery): DeliveryOutcome =>
  outcomeOf(delivery, { status: 'accepted', reason: 'retry' });

const ENDS = [
  (delivery: ClaimedDelivery) => askedOutcome(delivery),
  (delivery: ClaimedDelivery) => askedOutcome(delivery),
  failedOutcome,
  unknownOutcome,
  partial,
  suppressed,
  handedBack,
  (delivery: ClaimedDelivery) => retryOutcome(delivery),
  (delivery: ClaimedDelivery) => ambiguousOutcome(delivery),
];

const RECALL_ENDS = ['recalled', 'failed', 'uncertain', 'waiting'] as const;

const keyOf = ({ fence, messageId, no }: ClaimedDelivery): string => `${messageId}.${no}.${fence}`;

/** Takes one of the things that wait to be finished. */
const takeOne = <Thing>(things: Thing[], pick: number): Thing | undefined =>
  things.splice(pick % Math.max(things.length, 1), 1)[0];

async function claim(actor: Actor, messageId: string, no: number): Promise<void> {
  const delivery = await actor.process.claims.claim(messageId, no);
  if (!delivery) return;
  actor.held.push(delivery);
  actor.won.push(keyOf(delivery));
}

async function write({ held, process, written }: Actor, pick: number): Promise<void> {
  const delivery = takeOne(held, pick);
  const end = ENDS[pick % ENDS.length];
  if (!delivery || !end) return;
  const answer = await process.outcomes.write(end(delivery));
  if (answer.written) written.push(keyOf(delivery));
}

async function claimRecallItem({ items, process }: Actor, messageId: string, pick: number): Promise<void> {
  const open = await process.database.query<{ recall_id: string; delivery_no: number }>(
    `SELECT recall_id, delivery_no FROM recall_item WHERE message_id = $1 AND status = 'waiting'`,
    [messageId],
  );
  const target = open[pick % Math.max(open.length, 1)];
  const item = target && (await process.recallItems.claim(target.recall_id, messageId, target.delivery_no));
  if (item) items.push(item);
}

async function finishRecallItem({ items, process }: Actor, pick: number): Promise<void> {
  const item = takeOne(items, pick);
  if (!item) return;
  const sent = ['sent', 'partial', 'unknown'].includes(item.deliveryStatus);
  const status = sent ? (RECALL_ENDS[pick % RECALL_ENDS.length] ?? 'failed') : 'waiting';
  await process.recallItems.finish({ item, status, counts: true });
}

async function askVendor({ polls, process }: Actor): Promise<void> {
  polls.push(...(await process.receipts.takeDue({ channels: ['letter', 'note'], perAccount: 2, total: 2 })));
}

const TOLD: readonly (ReceiptStatus | undefined)[] = ['delivered', 'read', 'failed', 'invalid', undefined];

/** What a vendor tells by the time a worker writes it down: also of people that were recalled or replayed meanwhile. */
async function tellReceipts({ polls, process }: Actor, pick: number): Promise<void> {
  const poll = takeOne(polls, pick);
  if (!poll) return;
  const recipients = poll.recipients.flatMap(({ id, rowNo }) => {
    const status = TOLD[(pick + rowNo * (1 + (pick % 3))) % TOLD.length];
    return status ? [{ rowNo, status, ...(pick % 4 === 0 && { repeatedFor: id }) }] : [];
  });
  await process.receipts.finish({ poll, recipients, again: { waitMs: 0, counts: true } });
}

async function endLeases({ process }: Actor, messageId: string, pick: number): Promise<void> {
  await lapse({ query: (text, values) => process.database.query(text, values) }, messageId);
  await process.sweep.endLapsedLeases(1 + (pick % 5));
}

async function expire({ process }: Actor, messageId: string, pick: number): Promise<void> {
  await process.database.query('UPDATE delivery SET expire_at = now() WHERE message_id = $1 AND no = $2', [
    messageId,
    1 + (pick % 4),
  ]);
  await process.sweep.expire(5);
}

/** Everything that moves deliveries, recipients and counters. */
const COMMANDS = {
  claim: (actor, messageId, pick) => claim(actor, messageId, 1 + (pick % 2)),
  claimReplayed: (actor, messageId, pick) => claim(actor, messageId, 2 + (pick % 4)),
  write: (actor, _messageId, pick) => write(actor, pick),
  endLeases,
  cancel: ({ process }, messageId) => process.cancels.cancelWaiting([messageId], 'canceled_by_caller'),
  expire,
  replay: ({ process }, messageId, pick) =>
    process.replays.replay({ messageId, includeUnknown: pick % 2 === 0, actor: 'test' }),
  resolve: ({ process }, messageId, pick) =>
    process.resolves.resolve({
      messageId,
      as: (['sent', 'failed', 'resend'] as const)[pick % 3] ?? 'sent',
      actor: 'test',
      note: 'x',
    }),
  recall: ({ process }, messageId) =>
    process.recalls.recallMessage(messageId, { callerId: messageId, keyName: 'test' }),
  claimRecall: claimRecallItem,
  finishRecall: (actor, _messageId, pick) => finishRecallItem(actor, pick),
  ask: (actor) => askVendor(actor),
  tell: (actor, _messageId, pick) => tellReceipts(actor, pick),
  fold: ({ process }, _messageId, pick) => foldOrCrash(process.database, pick),
  publish: ({ process }) => process.sweep.takeDue({ perPair: 5, total: 5, againMs: 0, highOnly: false }),
} as const satisfies Record<string, Run>;

/** The state may forbid a command: that is an answer, not a fault. */
const isRefusal = (error: unknown): boolean => error instanceof ConflictError;

async function perform(actor: Actor, ids: readonly string[], { message, name, pick }: Command): Promise<void> {
  const run: Run = COMMANDS[name];
  await run(actor, ids[message % ids.length] ?? '', pick).catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
  });
}

/** How often a command comes: those that end everything are rare, so that much happens before. */
const WEIGHTS: Readonly<Record<keyof typeof COMMANDS, number>> = {
  claim: 8,
  claimReplayed: 5,
  write: 8,
  endLeases: 5,
  replay: 4,
  resolve: 4,
  claimRecall: 3,
  finishRecall: 3,
  ask: 8,
  tell: 8,
  publish: 1,
  fold: 2,
  expire: 1,
  cancel: 1,
  recall: 1,
};

const anyCommand: fc.Arbitrary<Command> = fc.record({
  name: fc.oneof(
    ...Object.entries(WEIGHTS).map(([name, weight]) => ({
      weight,
      arbitrary: fc.constant(name as keyof typeof COMMANDS),
    })),
  ),
  message: fc.nat(2),
  pick: fc.nat(23),
});

/** What one process does: waves of statements that run at once. */
const anyWork = fc.array(fc.array(anyCommand, { minLength: 1, maxLength: 3 }), {
  minLength: 40,
  maxLength: 80,
  size: 'max',
});

async function work(actor: Actor, ids: readonly string[], waves: readonly (readonly Command[])[]): Promise<void> {
  for (const wave of waves) await Promise.all(wave.map((command) => perform(actor, ids, command)));
}

/** A message that a worker may repeat, one that is left to people, and one with a delivery per person. */
async function acceptThree(): Promise<string[]> {
  const protectedByVendor = makeTemplate({ routes: [makeRouteDefinition('note')] });
  const own = (user: string) => ({ user, params: { name: user } });
  const plans = [
    await heart.accept(['a', 'b', 'c', 'd', 'e']),
    await heart.accept(['a', 'b'], { template: makeTemplate({ onAmbiguous: 'hold' }) }),
    await heart.accept(['a', own('b'), own('c')], { template: protectedByVendor }),
  ];
  return plans.map(({ id }) => id);
}

describe('two processes that do anything at once', () => {
  it('keep the books in balance, make legal moves only, and never share a claim', async () => {
    await fc.assert(
      fc.asyncProperty(anyWork, anyWork, async (first, second) => {
        const ids = await acceptThree();
        const actors = [heart.a, heart.b].map((process): Actor => ({
          process,
          held: [],
          items: [],
          polls: [],
          won: [],
          written: [],
        }));
        await Promise.all(actors.map((actor, index) => work(actor, ids, index === 0 ? first : second)));

        const won = actors.flatMap((actor) => actor.won);
        expect(new Set(won).size).toBe(won.length);
        const written = actors.flatMap((actor) => actor.written).sort();
        await expect(claimsEndedByOutcome(heart)).resolves.toEqual(written);
        await expect(faultsInBooks(heart)).resolves.toEqual([]);
        await expect(faultsInMoves(heart)).resolves.toEqual([]);
        await expect(faultsOfReceipts(heart)).resolves.toEqual([]);
        await expect(faultsInFigures(heart)).resolves.toEqual([]);
        await expect(recount(heart.a.database)).resolves.toEqual([]);
        await heart.query(
          'TRUNCATE message, delivery, recipient, attempt, event, recall_item, recall, move, receipt_poll, stat_delta, stat_minute, stat_hour, stat_day',
        );
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }, 120_000);

  it('that recall and send the same messages leave nothing to be sent, and end every item', async () => {
    const plans = await Promise.all(Array.from({ length: 40 }, () => heart.accept(['a'])));
    const send = async ({ id }: { readonly id: string }): Promise<void> => {
      const delivery = await heart.a.claims.claim(id, 1);
      if (delivery) await heart.a.outcomes.write(retryOutcome(delivery));
    };
    const recall = ({ id }: { readonly id: string }) =>
      heart.b.recalls.recallMessage(id, { callerId: id, keyName: 'x' });
    await Promise.all(plans.flatMap((plan) => [send(plan), recall(plan)]));

    const open = await heart.query(`SELECT status FROM delivery WHERE status NOT IN ('canceled')`);
    expect(open).toEqual([]);
    for (const { id } of plans) await expect(heart.a.claims.claim(id, 1)).resolves.toBeUndefined();
    await expect(faultsInBooks(heart)).resolves.toEqual([]);
  });
});
