import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from '../e2e/api-client.js';
import type { GivenTemplate } from '../e2e/given.js';
import { Deployment, START_MS, STORY_MS } from './deployment.js';

jest.setTimeout(STORY_MS);

const SLOW_MS = 2_000;
const MESSAGES = 20;
/** A lease lasts 15 s without a heartbeat; then the sweep ends it. */
const RECOVERY_MS = 60_000;

let deployment: Deployment;

const each = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

interface Open {
  readonly ids: readonly string[];
  readonly text: string;
}

/** Messages with open provider calls: all of them reached the vendor, none has been answered. */
async function openCalls(...templates: readonly GivenTemplate[]): Promise<Open[]> {
  const { api, given, sandbox } = deployment;
  const [first] = templates;
  // The token is there before the calls become slow.
  if (first) await api.sendAndSettle(first.message(given.text('warm'), { recipients: ['zhangsan'] }));
  const fault = await sandbox.fault({ type: 'delay', ms: SLOW_MS, when: 'after' }, { endpoint: 'message/send' });
  const open = await Promise.all(templates.map(sendMany));
  await sandbox.hits(fault, templates.length * MESSAGES);
  return open;
}

async function sendMany(template: GivenTemplate): Promise<Open> {
  const text = deployment.given.text('slow');
  const send = async (index: number): Promise<string> =>
    (await deployment.api.send(template.message(`${text} ${index}`, { recipients: ['zhangsan'] }))).id;
  return { text, ids: await Promise.all(each(MESSAGES).map(send)) };
}

beforeAll(async () => {
  deployment = await Deployment.start();
}, START_MS);
afterAll(() => deployment.close(), START_MS);
afterEach(() => deployment.sandbox.clearFaults());

describe('a worker', () => {
  it('that is asked to end waits for its open calls, stores their outcomes and exits with 0', async () => {
    const { database, given } = deployment;
    const [open] = await openCalls(await given.template('wecom-app'));
    expect(await deployment.workers.pop()?.stop()).toBe(0);
    const rows = await database.query<{ status: string; attempts: number; count: number }>(
      `SELECT status, attempts, count(*)::int AS count FROM delivery WHERE message_id = ANY ($1::uuid[]) GROUP BY 1, 2`,
      [open?.ids],
    );
    expect(rows).toEqual([{ status: 'sent', attempts: 1, count: MESSAGES }]);
    await deployment.startWorker();
  });

  it('that is killed leaves nothing open: what may have arrived is repeated or held, as the template says', async () => {
    const { api, given, sandbox } = deployment;
    const templates = [await given.template('wecom-app'), await given.template('wecom-app', { onAmbiguous: 'hold' })];
    const [resent, held] = await openCalls(...templates);
    await deployment.workers.pop()?.kill();
    await sandbox.clearFaults();
    await deployment.startWorker();
    for (const id of [...(resent?.ids ?? []), ...(held?.ids ?? [])]) await api.settled(id, RECOVERY_MS);
    if (resent) await expectExplained(resent, 'sent');
    if (held) await expectExplained(held, 'unknown');
    expect(Math.max(...(await deployment.copies(held?.text ?? '')).values())).toBe(1);
  });
});

describe('the API', () => {
  it('that is asked to end answers what it has begun, keeps its promises and exits with 0', async () => {
    const { api, database, given } = deployment;
    const template = await given.template('wecom-robot');
    const text = given.text('ending');
    const sends = each(MESSAGES).map((index) =>
      api.post('/v1/messages', template.message(`${text} ${index}`)).catch(() => undefined),
    );
    await Promise.race(sends);
    const [code] = await Promise.all([deployment.stopApi(), ...sends]);
    await deployment.startApi();
    const answers = (await Promise.all(sends)).flatMap((answer) => answer ?? []);
    const accepted = answers.filter(({ status }) => status === 202).map(({ body }) => body.id);
    const [row] = await database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM message WHERE template = $1',
      [template.code],
    );
    expect({ code, stored: row?.count }).toEqual({ code: 0, stored: accepted.length });
    expect(accepted.length).toBeGreaterThan(0);
    for (const { status } of answers) expect([202, 503]).toContain(status);
    await api.allSettled(accepted);
  });

  it('that is killed takes each message once from callers that try again with their keys', async () => {
    const { api, given } = deployment;
    const template = await given.template('wecom-robot');
    const text = given.text('retried');
    const send = async (index: number): Promise<string | undefined> => {
      const headers = { 'idempotency-key': `${text} ${index}` };
      const answer = await api
        .post('/v1/messages', template.message(`${text} ${index}`), headers)
        .catch(() => undefined);
      return answer?.status === 202 ? answer.body.id : undefined;
    };
    const insist = (index: number): Promise<string> =>
      waitFor(() => send(index), { deadlineMs: 30_000, intervalMs: 100 });
    const sends = each(MESSAGES * 2).map(insist);
    await Promise.race(sends);
    await deployment.killApi();
    await deployment.startApi();
    const ids = await Promise.all(sends);
    await api.allSettled(ids);
    const copies = await deployment.copies(text);
    expect([new Set(ids).size, copies.size, Math.max(...copies.values())]).toEqual([sends.length, sends.length, 1]);
  });
});

/**
 * Each message ended in this state, unless it had been answered before the worker ended; a copy beyond the first one
 * follows an attempt whose outcome nobody knows.
 */
async function expectExplained({ ids, text }: Open, status: string): Promise<void> {
  const { api } = deployment;
  const copies = await deployment.copies(text);
  let lapsedInAll = 0;
  for (const [index, id] of ids.entries()) {
    const message = await api.message(id);
    const attempts: AnswerBody[] = await api.list(`/v1/messages/${id}/attempts`);
    const lapsed = attempts.filter(({ outcome, reason }) => outcome === 'unknown' && reason === 'lease_expired');
    lapsedInAll += lapsed.length;
    expect(message.status).toBe(lapsed.length > 0 ? status : 'sent');
    expect(message.deliveries).toMatchObject([{ attempts: attempts.length }]);
    expect(copies.get(`${text} ${index}`)).toBeLessThanOrEqual(1 + lapsed.length);
    if (attempts.length > 1) expect(message.deliveries).toMatchObject([{ possibleDuplicate: true }]);
  }
  expect(lapsedInAll).toBeGreaterThan(0);
}
