import { AssetCheck, type AssetReader } from '#libs/assets';
import { systemClock, type JsonValue } from '#libs/core';
import { Database, type Sql } from '#libs/database';
import {
  CancelStore,
  DedupeStore,
  EventStore,
  KeyStore,
  OutcomeStore,
  RangeRecallService,
  RecallItemStore,
  RecallService,
  RecallStore,
  ReceiptPollStore,
  ReplayService,
  ResolveService,
  SubmitMessageService,
  SweepStore,
  type ClaimedDelivery,
  type DeliveryOutcome,
  type MessagePlan,
  type SendRequest,
} from '#libs/messages';
import type { RecipientResolver } from '#libs/directory';
import { SecretBox } from '#libs/security';
import { TemplateCatalogue } from '#libs/templates';
import { startTestDatabase, testConfig, waitFor } from '#libs/testing';
import { DigestGatherer } from '../../../libs/messages/digest/digest-gatherer.js';
import { DigestStore } from '../../../libs/messages/digest/digest.store.js';
import { ClaimStore } from '../../../libs/messages/delivery/claim.store.js';
import { ResponseCodes } from '../../../libs/messages/delivery/response-code.js';
import type { DeliveryPublisher } from '../../../libs/messages/delivery-publisher.js';
import { DirectoryView } from '../../../libs/messages/plan/directory-view.js';
import { MessagePlanner } from '../../../libs/messages/plan/message-planner.js';
import { RangeRecallStores } from '../../../libs/messages/recall/range-recall.service.js';
import { RecallScanStore } from '../../../libs/messages/recall/recall-scan.store.js';
import { RecallPlanner } from '../../../libs/messages/recall/recall.service.js';
import { AcceptStore } from '../../../libs/messages/submit/accept.store.js';
import { KeyedAcceptance } from '../../../libs/messages/submit/keyed-acceptance.js';
import { PoolStore } from '../../../libs/messages/sweep/pool.store.js';
import { SweepDigests } from '../../../libs/messages/sweep/sweep-digests.js';
import { makePlan, makeRequest } from '../../../libs/messages/testing/factories.js';
import { testChannels } from '../../../libs/messages/testing/test-channels.js';

/** Leaves everything to the sweep. */
const withoutQueue = { mayPublish: () => false, publishAccepted: () => undefined } as unknown as DeliveryPublisher;

const emptyDirectory = new DirectoryView({ isUsed: () => Promise.resolve(false) } as unknown as RecipientResolver);

const withoutAssets = { find: () => Promise.resolve(new Map()) } as unknown as AssetReader;

export const responseCodes = new ResponseCodes(new SecretBox(testConfig()));

/** The stores of one process, on a pool of their own. */
export class Process {
  readonly database: Database;
  readonly accept: AcceptStore;
  readonly cancels: CancelStore;
  readonly claims: ClaimStore;
  readonly dedupe: DedupeStore;
  readonly outcomes: OutcomeStore;
  readonly rangeRecalls: RangeRecallService;
  readonly recallItems: RecallItemStore;
  readonly recallStore: RecallStore;
  readonly recalls: RecallService;
  readonly receipts: ReceiptPollStore;
  readonly replays: ReplayService;
  readonly resolves: ResolveService;
  readonly submissions: SubmitMessageService;
  readonly sweep: SweepStore;

  constructor(url: string) {
    const database = new Database({ connectionString: url, maxConnections: 8, applicationName: 'test' });
    const events = new EventStore(database);
    this.database = database;
    this.accept = new AcceptStore(database);
    const digests = new DigestStore(database);
    this.cancels = new CancelStore(database, digests);
    this.claims = new ClaimStore(database);
    this.dedupe = new DedupeStore(database);
    this.outcomes = new OutcomeStore(database, responseCodes);
    this.recallItems = new RecallItemStore(database);
    this.recallStore = new RecallStore(database);
    const planner = new RecallPlanner(testChannels(), systemClock);
    this.recalls = new RecallService(database, this.recallStore, this.cancels, planner);
    this.receipts = new ReceiptPollStore(database);
    const stores = new RangeRecallStores(new RecallScanStore(database), this.recallStore);
    this.rangeRecalls = new RangeRecallService(database, stores, this.recalls, systemClock);
    this.replays = new ReplayService(database, events);
    this.resolves = new ResolveService(database, this.replays, events);
    const keyed = new KeyedAcceptance(database, this.accept, new KeyStore(database));
    const messagePlanner = new MessagePlanner(new AssetCheck(withoutAssets), emptyDirectory, systemClock);
    this.submissions = new SubmitMessageService(this.accept, keyed, withoutQueue, messagePlanner);
    const pools = new PoolStore(testChannels());
    const gatherer = new DigestGatherer(new TemplateCatalogue(database, testChannels(), systemClock));
    const sweepDigests = new SweepDigests(pools, gatherer, digests);
    this.sweep = new SweepStore(database, testChannels(), pools, sweepDigests);
  }
}

export interface Heart {
  readonly a: Process;
  readonly b: Process;
  /** Stores a message; nothing of it is published. */
  accept(recipients: readonly JsonValue[], changes?: Partial<Omit<SendRequest, 'recipients'>>): Promise<MessagePlan>;
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

const ACCOUNTS = ['letter', 'note', 'board'];

/** Two processes on one database, with the accounts `letter-1`, `note-1` and `board-1`. */
export async function startHeart(): Promise<Heart> {
  const server = await startTestDatabase();
  const a = new Process(server.url);
  const b = new Process(server.url);
  for (const channel of ACCOUNTS) {
    await a.database.query(
      `INSERT INTO account (code, name, channel, config, created_at) VALUES ($1, 'x', $2, '{}', '2026-01-01')`,
      [`${channel}-1`, channel],
    );
  }
  return {
    a,
    b,
    accept: async (recipients, changes) => {
      const plan = await makePlan(makeRequest(recipients, changes));
      await a.accept.insert([{ plan, published: false }]);
      return plan;
    },
    query: (text, values) => a.database.query(text, values),
    stop: async () => {
      await Promise.all([a.database.close(), b.database.close()]);
      await server.stop();
    },
  };
}

/** A transaction that has done its work and is not committed until it is told to. */
export async function holdTransaction(
  { database }: Pick<Process, 'database'>,
  work: (sql: Sql) => Promise<unknown>,
): Promise<{ commit(): Promise<void> }> {
  let end: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (end = resolve));
  let transaction: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    transaction = database.transaction(async (sql) => {
      await work(sql);
      resolve();
      await told;
    });
    transaction.catch(reject);
  });
  return {
    commit: () => {
      end();
      return transaction;
    },
  };
}

/** Waits until a statement of some process is blocked by the lock of another one. */
export const untilBlocked = ({ query }: Pick<Heart, 'query'>): Promise<unknown> =>
  waitFor(
    async () =>
      (await query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`))
        .length > 0,
    { what: 'a blocked statement' },
  );

/** How a call of a claimed delivery ended, as the pipeline would write it. */
export function outcomeOf(
  delivery: Pick<ClaimedDelivery, 'messageId' | 'no' | 'fence'>,
  changes: Partial<DeliveryOutcome> & Pick<DeliveryOutcome, 'status'>,
): DeliveryOutcome {
  const { fence, messageId, no } = delivery;
  return { delivery: { messageId, no, fence }, exceptions: [], claims: [], ...changes };
}

const called = { addressees: ['u1'], counts: true } as const;

export const sentOutcome = (delivery: ClaimedDelivery, providerMsgId = `id-${delivery.fence}`): DeliveryOutcome =>
  outcomeOf(delivery, {
    status: 'sent',
    providerMsgId,
    attempt: { ...called, outcome: 'sent', code: '0', providerMsgId },
    rest: { status: 'sent' },
  });

/** Sent on a channel whose vendor is asked at once who got it. */
export const askedOutcome = (delivery: ClaimedDelivery, windowSeconds = 86_400): DeliveryOutcome => ({
  ...sentOutcome(delivery),
  receipts: { afterMs: 0, windowSeconds },
});

export const failedOutcome = (delivery: ClaimedDelivery): DeliveryOutcome =>
  outcomeOf(delivery, {
    status: 'failed',
    reason: 'content_invalid',
    attempt: { ...called, outcome: 'rejected', reason: 'content_invalid', code: '40003' },
    rest: { status: 'failed', reason: 'content_invalid' },
  });

export const retryOutcome = (delivery: ClaimedDelivery, waitMs = 0): DeliveryOutcome =>
  outcomeOf(delivery, {
    status: 'scheduled',
    reason: 'retry',
    waitMs,
    attempt: { ...called, outcome: 'not_sent', reason: 'provider_busy' },
  });

export const ambiguousOutcome = (delivery: ClaimedDelivery, waitMs = 0): DeliveryOutcome =>
  outcomeOf(delivery, {
    status: 'scheduled',
    reason: 'ambiguous_retry',
    waitMs,
    attempt: { ...called, outcome: 'unknown', reason: 'connection_lost' },
  });

export const unknownOutcome = (delivery: ClaimedDelivery): DeliveryOutcome =>
  outcomeOf(delivery, {
    status: 'unknown',
    reason: 'connection_lost',
    attempt: { ...called, outcome: 'unknown', reason: 'connection_lost' },
    rest: { status: 'unknown', reason: 'connection_lost' },
  });

export async function claimed(process: Process, messageId: string, no = 1): Promise<ClaimedDelivery> {
  const delivery = await process.claims.claim(messageId, no);
  if (!delivery) throw new TypeError(`delivery ${no} is not to be had`);
  return delivery;
}

/** Makes the leases of all deliveries in flight run out. */
export const lapse = async ({ query }: Pick<Heart, 'query'>, messageId?: string): Promise<void> => {
  await query(
    `UPDATE delivery SET lease_until = now() - interval '1 ms'
     WHERE status = 'sending' AND ($1::uuid IS NULL OR message_id = $1)`,
    [messageId ?? null],
  );
};

export interface DeliveryState {
  readonly status: string;
  readonly reason: string | null;
  readonly fence: number;
  readonly attempts: number;
  readonly unknowns: number;
  readonly possible_duplicate: boolean;
  readonly provider_msg_id: string | null;
  readonly next_attempt_at: Date | null;
  readonly recall: object | null;
}

export async function deliveryOf({ query }: Pick<Heart, 'query'>, messageId: string, no = 1): Promise<DeliveryState> {
  const [row] = await query<DeliveryState>('SELECT * FROM delivery WHERE message_id = $1 AND no = $2', [messageId, no]);
  if (!row) throw new TypeError('no such delivery');
  return row;
}

export async function messageOf(
  { query }: Pick<Heart, 'query'>,
  messageId: string,
): Promise<Readonly<Record<string, unknown>>> {
  const [row] = await query<Record<string, unknown>>('SELECT * FROM message WHERE id = $1', [messageId]);
  if (!row) throw new TypeError('no such message');
  return row;
}

/** States of the recipients in the order of their rows, with their reasons. */
export async function recipientsOf({ query }: Pick<Heart, 'query'>, messageId: string): Promise<string[]> {
  const rows = await query<{ status: string; reason: string | null }>(
    'SELECT status, reason FROM recipient WHERE message_id = $1 ORDER BY row_no',
    [messageId],
  );
  return rows.map(({ reason, status }) => [status, reason].filter(Boolean).join(' '));
}

export const attemptsOf = ({ query }: Pick<Heart, 'query'>, messageId: string, no = 1): Promise<object[]> =>
  query('SELECT * FROM attempt WHERE message_id = $1 AND delivery_no = $2 ORDER BY no', [messageId, no]);
