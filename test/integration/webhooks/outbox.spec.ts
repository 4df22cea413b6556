import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HongyanError } from '#libs/core';
import { SecretBox } from '#libs/security';
import { testConfig } from '#libs/testing';
import { WebhookDeliveryStore, WebhookEndpointStore, WebhookQueueStore, type WebhookSettings } from '#libs/webhooks';
import { WebhookSecrets } from '../../../libs/webhooks/webhook-secrets.js';
import {
  claimed,
  failedOutcome,
  retryOutcome,
  sentOutcome,
  startHeart,
  unknownOutcome,
  type Heart,
  type Process,
} from '../messages/heart.fixture.js';

let heart: Heart;
let endpoints: WebhookEndpointStore;
let deliveries: WebhookDeliveryStore;
/** Of two processes. */
let queues: readonly [WebhookQueueStore, WebhookQueueStore];

const SETTINGS: WebhookSettings = {
  name: 'x',
  url: 'https://erp.example/',
  events: [],
  callerIds: [],
  templates: [],
  enabled: true,
};

const create = async (changes: Partial<WebhookSettings> = {}): Promise<string> =>
  (await endpoints.create({ ...SETTINGS, ...changes }, heart.a.database)).id;

const count = async (table: string): Promise<number> =>
  (await heart.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n ?? -1;

/** Every step of a message's status from now on, seen by other eyes. */
async function recordSteps({ query }: Heart): Promise<void> {
  await query('CREATE TABLE step (id uuid, status text)');
  await query(`
    CREATE FUNCTION record_step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' OR OLD.status <> NEW.status THEN INSERT INTO step VALUES (NEW.id, NEW.status); END IF;
      RETURN NULL;
    END $$`);
  await query(`CREATE TRIGGER record_step AFTER INSERT OR UPDATE ON message
               FOR EACH ROW EXECUTE FUNCTION record_step()`);
}

beforeAll(async () => {
  heart = await startHeart();
  await recordSteps(heart);
  endpoints = new WebhookEndpointStore(heart.a.database, new WebhookSecrets(new SecretBox(testConfig())));
  deliveries = new WebhookDeliveryStore(heart.a.database);
  queues = [new WebhookQueueStore(heart.a.database), new WebhookQueueStore(heart.b.database)];
}, 60_000);

beforeEach(async () => {
  await heart.query('TRUNCATE webhook_endpoint, webhook_event, webhook_delivery, step');
});

afterAll(() => heart.stop());

const told = async (): Promise<string[]> => {
  const rows = await heart.query<{ line: string }>(
    `SELECT (data ->> 'id') || ' ' || type AS line FROM webhook_event WHERE type <> 'message.recall_finished'`,
  );
  return rows.map(({ line }) => line).sort();
};

const steps = async (): Promise<string[]> => {
  const rows = await heart.query<{ line: string }>(
    `SELECT id || ' message.' || status AS line FROM step WHERE status NOT IN ('accepted', 'sending', 'scheduled')`,
  );
  return rows.map(({ line }) => line).sort();
};

const OUTCOMES = [sentOutcome, failedOutcome, retryOutcome, unknownOutcome];

/** Something that a process may do to a message; what its state forbids is not done. */
const ACTS: readonly ((process: Process, id: string, pick: number) => Promise<unknown>)[] = [
  async (process, id, pick) => {
    const delivery = await process.claims.claim(id, 1);
    const outcome = OUTCOMES[pick % OUTCOMES.length];
    if (delivery && outcome) await process.outcomes.write(outcome(delivery));
  },
  (process, id) => process.cancels.cancelWaiting([id], 'canceled_by_caller'),
  (process, id) => process.replays.replay({ messageId: id, includeUnknown: true, actor: 'test' }),
];

const act = fc.record({ what: fc.nat(9), who: fc.nat(1), message: fc.nat(2), pick: fc.nat(20) });

describe('the outbox', () => {
  it('notes every final state of a message once, whatever two processes do to it', async () => {
    await create();
    let noted = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
        const plans = await Promise.all([1, 2, 3].map(() => heart.accept(['a', 'b'])));
        const ids = plans.map(({ id }) => id);
        const run = async ({ message, pick, what, who }: (typeof acts)[number]): Promise<void> => {
          const todo = ACTS[what < 7 ? 0 : what - 7];
          await todo?.(who === 0 ? heart.a : heart.b, ids[message] ?? '', pick).catch((error: unknown) => {
            if (!(error instanceof HongyanError)) throw error;
          });
        };
        for (let start = 0; start < acts.length; start += 5) await Promise.all(acts.slice(start, start + 5).map(run));
        const lines = await told();
        expect(lines).toEqual(await steps());
        noted = lines.length;
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(noted).toBeGreaterThan(10);
  }, 120_000);

  it('owes each event to every endpoint that takes it', async () => {
    const all = await create();
    const failures = await create({ events: ['message.failed'] });
    const template = await create({ templates: ['no-such'] });
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id)));
    const owed = await Promise.all([all, failures, template].map((one) => deliveries.list(one, { limit: 9 })));
    expect(owed.map((list) => list.map(({ type }) => type))).toEqual([['message.sent'], [], []]);
  });

  it('notes nothing while no endpoint is enabled', async () => {
    await create({ enabled: false });
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id)));
    expect(await steps()).toHaveLength(1);
    expect(await count('webhook_event')).toBe(0);
  });

  it('notes nothing of what is rolled back', async () => {
    await create();
    const { id } = await heart.accept(['a']);
    const failed = heart.a.database.transaction(async (sql) => {
      await sql.query(`UPDATE message SET status = 'failed' WHERE id = $1`, [id]);
      await sql.query('SELECT 1 / 0');
    });
    await expect(failed).rejects.toThrow('division by zero');
    expect(await count('webhook_event')).toBe(0);
  });

  it('names events in the order in which they happen', async () => {
    const rows = await heart.query<{ id: string }>('SELECT webhook_event_id() AS id FROM generate_series(1, 3)');
    for (const { id } of rows) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    const [{ ms } = { ms: 0 }] = await heart.query<{ ms: number }>(
      `SELECT ('x' || translate(left(webhook_event_id()::text, 13), '-', ''))::bit(48)::bigint::float8 AS ms`,
    );
    expect(Math.abs(ms - Date.now())).toBeLessThan(60_000);
  });
});

describe('claims of events', () => {
  const owe = async (events: number): Promise<string> => {
    const id = await create();
    for (let index = 0; index < events; index += 1) await deliveries.test(id, heart.a.database);
    return id;
  };

  it('are shared out between processes, each event to one', async () => {
    await owe(40);
    const rounds = await Promise.all([1, 2, 3, 4].map((round) => queues[round % 2 === 0 ? 0 : 1].claim(new Map(), 8)));
    const ids = rounds.flat().map(({ eventId }) => eventId);
    expect(ids.length).toBeGreaterThan(8);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leave an endpoint alone that has its calls already', async () => {
    const id = await owe(10);
    expect(await queues[0].claim(new Map([[id, 6]]), 8)).toHaveLength(2);
    expect(await queues[0].claim(new Map([[id, 8]]), 8)).toHaveLength(0);
  });

  it('that ran out are no longer written by who had them', async () => {
    const id = await owe(1);
    const [first] = await queues[0].claim(new Map(), 8);
    if (!first) throw new Error('nothing was claimed');
    await heart.query('UPDATE webhook_delivery SET due_at = now()');
    const [second] = await queues[1].claim(new Map(), 8);
    expect(second?.fence).toBe(first.fence + 1);
    await queues[0].end(first, { status: 'failed', waitMs: 0, tookMs: 1 });
    expect((await deliveries.get(id, first.eventId)).status).toBe('waiting');
    await queues[1].end({ ...first, fence: first.fence + 1 }, { status: 'delivered', waitMs: 0, tookMs: 1 });
    expect((await deliveries.get(id, first.eventId)).status).toBe('delivered');
  });

  it('that were broken off count as no try', async () => {
    await owe(1);
    const [first] = await queues[0].claim(new Map(), 8);
    if (!first) throw new Error('nothing was claimed');
    await queues[0].giveBack(first);
    const [again] = await queues[1].claim(new Map(), 8);
    expect(again).toMatchObject({ eventId: first.eventId, tries: 1 });
  });
});

describe('old events', () => {
  afterEach(async () => expect(await count('webhook_delivery')).toBe(await count('webhook_event')));

  it('are forgotten with what was owed of them, younger ones are kept', async () => {
    const id = await create();
    await deliveries.test(id, heart.a.database);
    await queues[0].purgeSome(new Date(Date.now() - 60_000));
    expect(await count('webhook_event')).toBe(1);
    await queues[0].purgeSome(new Date(Date.now() + 60_000));
    expect(await count('webhook_event')).toBe(0);
  });
});
