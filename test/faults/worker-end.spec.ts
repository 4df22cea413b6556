import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AnswerBody } from '../e2e/api-client.js';
import type { GivenTemplate } from '../e2e/given.js';
import { Deployment, START_MS, STORY_MS } from './deployment.js';

jest.setTimeout(STORY_MS);

const SLOW_MS = 2_000;
const MESSAGES = 20;
/** A lease lasts 15 s without a heartbeat; then the sweep ends it. */
const RECOVERY_MS = 60_000;

let deployment: Deployment;

/** Messages with open provider calls: all of them reached the vendor, none has been answered. */
async function sendSlowly(template: GivenTemplate, text: string): Promise<string[]> {
  const { api, sandbox } = deployment;
  await api.sendAndSettle(template.message(`${text} warm`, { recipients: ['zhangsan'] }));
  const fault = await sandbox.fault({ type: 'delay', ms: SLOW_MS, when: 'after' }, { endpoint: 'message/send' });
  const ids: string[] = [];
  for (let index = 0; index < MESSAGES; index += 1) {
    ids.push((await api.send(template.message(`${text} ${index}`, { recipients: ['zhangsan'] }))).id);
  }
  await sandbox.hits(fault, MESSAGES);
  return ids;
}

describe('a worker', () => {
  beforeAll(async () => {
    deployment = await Deployment.start();
  }, START_MS);
  afterAll(() => deployment.close(), START_MS);
  afterEach(() => deployment.sandbox.clearFaults());

  it('that is asked to end waits for its open calls, stores their outcomes and exits with 0', async () => {
    const { database, given } = deployment;
    const template = await given.template('wecom-app');
    const text = given.text('slow');
    const ids = await sendSlowly(template, text);
    expect(await deployment.workers[0]?.stop()).toBe(0);
    const rows = await database.query<{ status: string; attempts: number; count: number }>(
      `SELECT status, attempts, count(*)::int AS count FROM delivery WHERE message_id = ANY ($1::uuid[]) GROUP BY 1, 2`,
      [ids],
    );
    expect(rows).toEqual([{ status: 'sent', attempts: 1, count: MESSAGES }]);
    await deployment.startWorker();
  });

  it('that is killed leaves nothing open: what may have arrived is repeated or held, as the template says', async () => {
    const { api, given, sandbox } = deployment;
    const templates = {
      resend: await given.template('wecom-app'),
      hold: await given.template('wecom-app', { onAmbiguous: 'hold' }),
    };
    const texts = { resend: given.text('killed'), hold: given.text('killed') };
    const resent = await sendSlowly(templates.resend, texts.resend);
    await sandbox.clearFaults();
    const held = await sendSlowly(templates.hold, texts.hold);
    await deployment.workers.at(-1)?.kill();
    await sandbox.clearFaults();
    await deployment.startWorker();

    for (const id of [...resent, ...held]) await api.settled(id, RECOVERY_MS);
    await expectExplained(resent, texts.resend, 'sent');
    await expectExplained(held, texts.hold, 'unknown');
    expect(Math.max(...(await deployment.copies(texts.hold)).values())).toBe(1);
  });
});

/**
 * Each message ended in this state, unless it had been answered before the worker ended; a copy beyond the first one
 * follows an attempt whose outcome nobody knows.
 */
async function expectExplained(ids: readonly string[], text: string, status: string): Promise<void> {
  const { api } = deployment;
  const copies = await deployment.copies(text);
  for (const [index, id] of ids.entries()) {
    const message = await api.message(id);
    const attempts = await api.list(`/v1/messages/${id}/attempts`);
    const lapsed = attempts.filter(
      ({ outcome, reason }: AnswerBody) => outcome === 'unknown' && reason === 'lease_expired',
    );
    expect(message.status).toBe(lapsed.length > 0 ? status : 'sent');
    expect(copies.get(`${text} ${index}`)).toBeLessThanOrEqual(1 + lapsed.length);
    if (lapsed.length === 0) continue;
    expect(message.deliveries).toMatchObject([{ attempts: attempts.length }]);
    if (status === 'sent') expect(message.deliveries).toMatchObject([{ possibleDuplicate: true }]);
  }
}
