import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ConflictError, newId, sha256 } from '#libs/core';
import type { SubmitContext } from '#libs/messages';
import { CALLER, makeRequest } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks } from './books.js';
import { holdTransaction, startHeart, type Heart, type Process } from './heart.fixture.js';

let heart: Heart;
const OTHER_CALLER = newId();

beforeAll(async () => {
  heart = await startHeart();
}, 60_000);

afterEach(() => expect(faultsInBooks(heart)).resolves.toEqual([]));

afterAll(() => heart.stop());

const contextOf = (key?: string, body = 'body', callerId = CALLER): SubmitContext => ({
  callerId,
  mayBroadcast: true,
  ...(key !== undefined && { idempotency: { route: 'POST /v1/messages', key, bodyHash: sha256(body) } }),
});

async function count(table: string): Promise<number> {
  const [row] = await heart.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return row?.n ?? 0;
}

const countOf = async (before: number, table: string): Promise<number> => (await count(table)) - before;

describe('an idempotency key', () => {
  const submit = (process: Process, context: SubmitContext, recipient = 'a') =>
    process.submissions.submit(makeRequest([recipient]), context);

  it('makes one message of a hundred parallel requests in two processes', async () => {
    const before = await count('message');
    const context = contextOf('parallel');
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) => submit(index % 2 === 0 ? heart.a : heart.b, context)),
    );
    const ids = new Set(results.map((result) => (result.outcome === 'accepted' ? result.plan.id : result.messageId)));
    expect(ids.size).toBe(1);
    expect(results.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1);
    expect(results.filter(({ outcome }) => outcome === 'replayed')).toHaveLength(99);
    await expect(countOf(before, 'message')).resolves.toBe(1);
  });

  it('costs one way to the database, and one look for all who repeat it meanwhile', async () => {
    const query = jest.spyOn(heart.a.database, 'query');
    await submit(heart.a, contextOf('one-way'));
    expect(query).toHaveBeenCalledTimes(1);
    query.mockClear();
    await Promise.all(Array.from({ length: 50 }, () => submit(heart.a, contextOf('two-ways'))));
    expect(query).toHaveBeenCalledTimes(2);
    query.mockRestore();
  });

  it('is looked for by who repeats a request that could not be accepted any more', async () => {
    const first = await submit(heart.a, contextOf('earlier'));
    const earlier = { messageId: first.outcome === 'accepted' ? first.plan.id : '', httpStatus: 202 };
    await expect(heart.b.submissions.findEarlier(contextOf('earlier'))).resolves.toMatchObject(earlier);
    await expect(heart.b.submissions.findEarlier(contextOf('never'))).resolves.toBeUndefined();
    await expect(heart.b.submissions.findEarlier(contextOf('earlier', 'another'))).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  it('is answered again with the status it was answered with', async () => {
    const first = await submit(heart.a, contextOf('again'));
    await expect(submit(heart.b, contextOf('again'))).resolves.toEqual({
      outcome: 'replayed',
      messageId: first.outcome === 'accepted' ? first.plan.id : '',
      httpStatus: 202,
    });
  });

  it('cannot be used with another body', async () => {
    await submit(heart.a, contextOf('other-body'));
    await expect(submit(heart.a, contextOf('other-body', 'another'))).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  it('belongs to its caller and route', async () => {
    const before = await count('message');
    const { idempotency, ...rest } = contextOf('mine');
    await submit(heart.a, contextOf('mine'));
    await submit(heart.a, contextOf('mine', 'body', OTHER_CALLER));
    await submit(heart.a, { ...rest, ...(idempotency && { idempotency: { ...idempotency, route: 'POST /other' } }) });
    await expect(countOf(before, 'message')).resolves.toBe(3);
  });

  it('is free again after twenty-four hours', async () => {
    await submit(heart.a, contextOf('old'));
    const age = (hours: number) =>
      heart.query(`UPDATE idempotency_key SET created_at = now() - $1 * interval '1 hour' WHERE key = 'old'`, [hours]);
    await age(23.9);
    await expect(submit(heart.a, contextOf('old'))).resolves.toMatchObject({ outcome: 'replayed' });
    await age(24);
    await expect(submit(heart.a, contextOf('old', 'another body'))).resolves.toMatchObject({ outcome: 'accepted' });
    await expect(submit(heart.b, contextOf('old', 'another body'))).resolves.toMatchObject({ outcome: 'replayed' });
  });

  it('is not kept for a request that is refused', async () => {
    const bad = makeRequest(['a|b']);
    await expect(heart.a.submissions.submit(bad, contextOf('refused'))).rejects.toMatchObject({
      code: expect.any(String),
    });
    await expect(submit(heart.a, contextOf('refused', 'mended'))).resolves.toMatchObject({ outcome: 'accepted' });
  });

  it('waits for the request that holds it, two seconds at most, and harms nobody else', async () => {
    const context = contextOf('slow');
    const held = await holdTransaction(heart.b, (sql) =>
      sql.query(
        `INSERT INTO idempotency_key (caller_id, route, key, body_hash, http_status, resource_id)
         VALUES ($1, 'POST /v1/messages', 'slow', $2, 202, $3)`,
        [CALLER, sha256('body'), newId()],
      ),
    );
    const results = await Promise.allSettled([
      submit(heart.a, contextOf('quick-1')),
      submit(heart.a, context),
      submit(heart.a, contextOf('quick-2')),
    ]);
    await held.commit();
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { code: 'idempotency_in_progress' } });
    expect(results[1]).toMatchObject({ reason: expect.any(ConflictError) });
  }, 30_000);
});

describe('a business key', () => {
  const submit = (key: string, recipient = 'a', context = contextOf(), process: Process = heart.a) =>
    process.submissions.submit(makeRequest([recipient], { businessKey: key }), context);

  it('makes one message of a hundred parallel requests in two processes', async () => {
    const before = await count('message');
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        submit('order:1', 'a', contextOf(), index % 2 === 0 ? heart.a : heart.b),
      ),
    );
    expect(results.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1);
    expect(results.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(99);
    await expect(countOf(before, 'message')).resolves.toBe(1);
  });

  it('names the first message to whoever sends the same again', async () => {
    const first = await submit('order:2');
    const id = first.outcome === 'accepted' ? first.plan.id : '';
    await expect(submit('order:2')).resolves.toEqual({ outcome: 'duplicate', messageId: id });
    const later = makeRequest(['a'], { businessKey: 'order:2', priority: 'high', metadata: { again: true } });
    await expect(heart.b.submissions.submit(later, contextOf())).resolves.toMatchObject({ outcome: 'duplicate' });
  });

  it('conflicts with other recipients, and says with which message', async () => {
    const first = await submit('order:3');
    const id = first.outcome === 'accepted' ? first.plan.id : '';
    await expect(submit('order:3', 'b')).rejects.toMatchObject({
      code: 'business_key_conflict',
      meta: { messageId: id },
    });
  });

  it('belongs to its caller', async () => {
    await submit('order:4');
    await expect(submit('order:4', 'b', contextOf(undefined, 'x', OTHER_CALLER))).resolves.toMatchObject({
      outcome: 'accepted',
    });
  });

  it('decides what an idempotency key is answered with: a repetition as such, a conflict not at all', async () => {
    await submit('order:5');
    await expect(submit('order:5', 'a', contextOf('k-5'))).resolves.toMatchObject({ outcome: 'duplicate' });
    await expect(submit('order:5', 'a', contextOf('k-5'))).resolves.toMatchObject({
      outcome: 'replayed',
      httpStatus: 200,
    });
    await expect(submit('order:5', 'b', contextOf('k-6'))).rejects.toMatchObject({ code: 'business_key_conflict' });
    await expect(submit('order:6', 'b', contextOf('k-6', 'mended'))).resolves.toMatchObject({ outcome: 'accepted' });
  });
});
