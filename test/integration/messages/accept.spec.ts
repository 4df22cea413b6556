import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, sha256 } from '#libs/core';
import { CALLER, makePlan, makeRequest } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks } from './books.js';
import { messageOf, startHeart, type Heart } from './heart.fixture.js';

let heart: Heart;

beforeAll(async () => {
  heart = await startHeart();
}, 60_000);

afterEach(() => expect(faultsInBooks(heart)).resolves.toEqual([]));

afterAll(() => heart.stop());

async function count(table: string): Promise<number> {
  const [row] = await heart.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return row?.n ?? 0;
}

const countOf = async (before: number, table: string): Promise<number> => (await count(table)) - before;

describe('an accepted message', () => {
  it('is stored with its deliveries and recipients as planned', async () => {
    const plan = await makePlan(
      makeRequest(['a', { user: 'b', params: { x: '1' } }], { priority: 'low', metadata: { system: 'erp' } }),
    );
    await heart.a.accept.insert([{ plan, published: false }]);
    await expect(messageOf(heart, plan.id)).resolves.toMatchObject({
      caller_id: CALLER,
      template: 'test',
      template_version: 1,
      inline_content: null,
      status: 'accepted',
      priority: 20,
      metadata: { system: 'erp' },
      recipient_count: 2,
      delivery_count: 2,
      row_count: 2,
      open_rows: 2,
      send_at: null,
      created_at: plan.createdAt,
      expire_at: plan.expireAt,
    });
    await expect(
      heart.query('SELECT no, kind, status, channel, account, params, publish_no FROM delivery WHERE message_id = $1', [
        plan.id,
      ]),
    ).resolves.toEqual([
      { no: 1, kind: 'first', status: 'accepted', channel: 'letter', account: 'letter-1', params: null, publish_no: 0 },
      expect.objectContaining({ no: 2, params: { x: '1' } }),
    ]);
  });

  it('keeps the content with it when there is no template', async () => {
    const plan = await makePlan(makeRequest(['a'], { inlineContent: { kind: 'text', content: 'x' } }));
    await heart.a.accept.insert([{ plan, published: false }]);
    await expect(messageOf(heart, plan.id)).resolves.toMatchObject({
      template: null,
      template_version: null,
      inline_content: { kind: 'text', content: 'x' },
    });
  });

  it('that waits for its time is scheduled, and due then', async () => {
    const sendAt = new Date(Date.now() + 3_600_000);
    const { id } = await heart.accept(['a'], { sendAt });
    await expect(
      heart.query('SELECT status, reason, next_attempt_at, publish_at FROM delivery WHERE message_id = $1', [id]),
    ).resolves.toEqual([{ status: 'scheduled', reason: 'send_at', next_attempt_at: sendAt, publish_at: sendAt }]);
  });

  it('that its process enqueues itself is left alone by the sweep for four seconds, unless that failed', async () => {
    const plan = await makePlan(makeRequest(['a']));
    await heart.a.accept.insert([{ plan, published: true }]);
    const publication = () =>
      heart.query<{ no: number; late: boolean }>(
        `SELECT publish_no AS no, publish_at > now() + interval '3 seconds' AS late FROM delivery WHERE message_id = $1`,
        [plan.id],
      );
    await expect(publication()).resolves.toEqual([{ no: 1, late: true }]);
    await heart.a.accept.releaseToSweep([plan.id]);
    await expect(publication()).resolves.toEqual([{ no: 1, late: false }]);
  });

  it('is one of a thousand in one statement', async () => {
    const before = await count('message');
    const plans = await Promise.all(Array.from({ length: 1_000 }, () => makePlan(makeRequest(['a', 'b', 'c', 'd']))));
    let statements = 0;
    const counting = {
      query: (text: string, values: readonly unknown[]) => {
        statements += 1;
        return heart.query(text, values);
      },
    };
    await heart.a.accept.insert(
      plans.map((plan) => ({ plan, published: false })),
      counting as never,
    );
    expect(statements).toBe(1);
    await expect(countOf(before, 'message')).resolves.toBe(1_000);
  });

  it('of ten thousand recipients is stored whole', async () => {
    const { id } = await heart.accept(Array.from({ length: 10_000 }, (_, index) => `u${index}`));
    await expect(messageOf(heart, id)).resolves.toMatchObject({ open_rows: 10_000, delivery_count: 3_334 });
  });
});

describe('a batch', () => {
  const plansOf = (...keys: readonly (string | undefined)[]) =>
    Promise.all(
      keys.map((businessKey, index) =>
        makePlan(makeRequest([`u${index}`], businessKey === undefined ? {} : { businessKey })),
      ),
    );
  const claimOf = (key: string) => ({
    callerId: CALLER,
    route: 'POST /v1/messages/batch',
    key,
    bodyHash: sha256('batch'),
    resourceId: newId(),
  });

  it('is one transaction that answers item by item', async () => {
    const [plan] = await plansOf('batch:1');
    const again = { ...(await makePlan(makeRequest(['u0'], { businessKey: 'batch:1' }))) };
    const other = await makePlan(makeRequest(['somebody-else'], { businessKey: 'batch:1' }));
    const plain = await makePlan(makeRequest(['b']));
    if (!plan) throw new TypeError('no plan');
    const settled = await heart.a.submissions.submitBatch([plan, again, other, plain], { describe: () => [] });
    expect(settled).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'duplicate', messageId: plan.id },
      { outcome: 'refused', error: { code: 'business_key_conflict' } },
      { outcome: 'accepted' },
    ]);
  });

  it('is repeated as a whole under its idempotency key', async () => {
    const before = await count('message');
    const plans = await plansOf(undefined, undefined);
    const describe_ = (settled: readonly { outcome: string }[]) => settled.map(({ outcome }) => outcome);
    const options = { claim: claimOf('batch-key'), describe: describe_ };
    await expect(heart.a.submissions.submitBatch(plans, options)).resolves.toHaveLength(2);
    const again = await plansOf(undefined, undefined);
    await expect(heart.b.submissions.submitBatch(again, { ...options, claim: claimOf('batch-key') })).resolves.toBe(
      'replay',
    );
    await expect(countOf(before, 'message')).resolves.toBe(2);
    await expect(
      heart.query(`SELECT results, resource_id FROM idempotency_key WHERE key = 'batch-key'`),
    ).resolves.toEqual([{ results: ['accepted', 'accepted'], resource_id: options.claim.resourceId }]);
  });

  it('that fails stores nothing at all', async () => {
    const before = [await count('message'), await count('idempotency_key'), await count('business_key')];
    const plans = await plansOf('batch:fails', undefined);
    const options = {
      claim: claimOf('batch-fails'),
      describe: () => {
        throw new TypeError('no');
      },
    };
    await expect(heart.a.submissions.submitBatch(plans, options)).rejects.toThrow('no');
    await expect(Promise.all([count('message'), count('idempotency_key'), count('business_key')])).resolves.toEqual(
      before,
    );
  });

  it('and another one with the same keys in the other order do not lock each other out for good', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `cross:${index}`);
    const batches = await Promise.all([plansOf(...keys), plansOf(...keys).then((plans) => plans.reverse())]);
    const settled = await Promise.all(
      batches.map((plans, index) =>
        (index === 0 ? heart.a : heart.b).submissions.submitBatch(plans, { describe: () => [] }),
      ),
    );
    const outcomes = settled.flatMap((items) => (items === 'replay' ? [] : items.map(({ outcome }) => outcome)));
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(30);
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(30);
  }, 30_000);
});
