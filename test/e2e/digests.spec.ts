import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { rawBodyOf } from './sandbox-remote.js';
import { onEachBackend, type System } from './system.js';

const WINDOW_MS = 61_000;
const ROBOT_MINUTE = 20;
const COUNT = 30;

/** Lets a minute go by in the ledger and at the vendor. */
async function passMinute({ database, sandbox }: System): Promise<void> {
  const back = `interval '${WINDOW_MS} milliseconds'`;
  await sandbox.advanceClock(WINDOW_MS);
  await database.query(`UPDATE limit_window SET calls = ARRAY(SELECT c - ${back} FROM unnest(calls) AS c)`);
  await database.query(
    `UPDATE delivery SET next_attempt_at = next_attempt_at - ${back}
     WHERE status = 'scheduled' AND reason = 'rate_limited'`,
  );
}

/** Thirty messages to a robot whose minute has room for twenty: ten wait. */
async function overflow({ api, database, given }: System): Promise<{ ids: string[]; text: string }> {
  const account = await given.account('wecom-robot', { limits: { highReserve: 0 } });
  const template = await given.template('wecom-robot', { account, overflow: 'merge' });
  const text = given.text('burst');
  const messages = Array.from({ length: COUNT }, (_, n) => template.message(`${text} no ${n} `));
  const { results } = await api.do('/v1/messages/batch', { messages });
  const ids = results.map(({ message }: AnswerBody) => message.id);
  const waiting = async (): Promise<number> =>
    (await database.query(`SELECT FROM delivery WHERE account = $1 AND reason = 'rate_limited'`, [account])).length;
  await waitFor(async () => (await waiting()) === COUNT - ROBOT_MINUTE, { what: 'ten waiting', deadlineMs: 20_000 });
  return { ids, text };
}

const shownLines = (entry: AnswerBody): string[] => JSON.parse(rawBodyOf(entry)).text.content.split('\n');

onEachBackend('what a robot has no room for', (system) => {
  beforeEach(async () => {
    await passMinute(system());
    await system().sandbox.enforceLimits(true);
  });
  afterEach(() => system().sandbox.enforceLimits(false));

  it('goes into one message when its template says so', async () => {
    const { api, sandbox } = system();
    const { ids, text } = await overflow(system());
    await passMinute(system());
    await api.allSettled(ids);
    const entries = await sandbox.inbox(text);
    expect(entries).toHaveLength(ROBOT_MINUTE + 1);
    expect(shownLines(entries.at(-1))).toHaveLength(COUNT - ROBOT_MINUTE);
    const numbers = entries.flatMap(shownLines).map((line) => Number(/no (\d+)/.exec(line)?.[1]));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: COUNT }, (_, n) => n));

    const all: AnswerBody[] = await Promise.all(ids.map((id) => api.message(id)));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['sent']));
    const merged = all.filter(({ mergedInto }) => mergedInto !== undefined);
    expect(merged).toHaveLength(COUNT - ROBOT_MINUTE);
    const digest = await api.message(merged[0].mergedInto);
    expect(digest).toMatchObject({ template: null, status: 'sent', deliveries: [{ kind: 'digest', status: 'sent' }] });
    expect(await api.list(`/v1/messages/${merged[0].id}/timeline`)).toContainEqual(
      expect.objectContaining({ event: 'merged' }),
    );
    expect(await api.list(`/v1/messages/${merged[0].id}/recipients`)).toMatchObject([
      { status: 'sent', reason: 'merged' },
    ]);
    const recall = await api.do(`/v1/messages/${merged[0].id}/recall`);
    expect(recall).toMatchObject({ counts: { failed: 1 } });
    expect((await api.message(merged[0].id)).deliveries[0].recall).toMatchObject({
      status: 'failed',
      reason: 'merged',
    });
  });

  it('goes there without what was recalled before', async () => {
    const { api, sandbox } = system();
    const { ids, text } = await overflow(system());
    const all: AnswerBody[] = await Promise.all(ids.map((id) => api.message(id)));
    const waiting = all.filter(({ status }) => status === 'scheduled');
    await api.do(`/v1/messages/${waiting[3].id}/recall`);
    await passMinute(system());
    await api.allSettled(ids);
    const entries = await sandbox.inbox(text);
    expect(shownLines(entries.at(-1))).toHaveLength(waiting.length - 1);
    expect(await api.message(waiting[3].id)).toMatchObject({ status: 'canceled', reason: 'canceled_by_recall' });
  });

  it('shares the doubt about whether it arrived', async () => {
    const { api, sandbox } = system();
    const { ids } = await overflow(system());
    await passMinute(system());
    await sandbox.fault({ type: 'reset', when: 'after' }, { endpoint: 'webhook/send' }, 2);
    await api.allSettled(ids);
    const all: AnswerBody[] = await Promise.all(ids.map((id) => api.message(id)));
    const merged = all.filter(({ mergedInto }) => mergedInto !== undefined);
    expect(merged).toHaveLength(COUNT - ROBOT_MINUTE);
    expect(new Set(merged.map(({ reason, status }) => `${status} ${reason}`))).toEqual(new Set(['unknown merged']));
  });
});
