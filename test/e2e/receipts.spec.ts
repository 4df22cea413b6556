import { expect, it } from '@jest/globals';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { channelNamed } from './given.js';
import { onEachBackend, type System } from './system.js';

const WORK = 'dingtalk-work';
/** Longer than the sandbox takes over a task. */
const TASK_MS = 3_000;
const [MANAGER, USER] = ['manager01', 'user02'];

interface PollRow {
  readonly tries: number;
  readonly due_in_ms: number;
}

const pollOf = async ({ database }: System, id: string): Promise<PollRow | undefined> => {
  const [row] = await database.query<PollRow>(
    `SELECT tries, extract(epoch FROM due_at - now()) * 1000 AS due_in_ms FROM receipt_poll WHERE message_id = $1`,
    [id],
  );
  return row;
};

/** Lets the vendor be asked about a message at once, and waits for its answer. */
async function ask(system: System, id: string): Promise<AnswerBody> {
  const before = await pollOf(system, id);
  await system.database.query('UPDATE receipt_poll SET due_at = now() WHERE message_id = $1', [id]);
  const isAnswered = async (): Promise<boolean> => {
    const now = await pollOf(system, id);
    return !now || now.tries > (before?.tries ?? 0);
  };
  await waitFor(isAnswered, { deadlineMs: 15_000, what: 'an answer to the question' });
  return system.api.message(id);
}

/** Sends to people of DingTalk; the vendor has worked it off. */
async function sent(system: System, people: readonly string[], channel = WORK): Promise<AnswerBody> {
  const { api, given, sandbox } = system;
  const template = await given.template(channel);
  const text = given.text('receipts');
  const message = await api.sendAndSettle(
    template.message(text, { recipients: people.map((dingtalk) => ({ dingtalk })) }),
  );
  expect(message.status).toBe('sent');
  await sandbox.advanceClock(TASK_MS);
  return { ...message, text, account: template.account };
}

const receiptsIn = async ({ api }: System, id: string): Promise<AnswerBody[]> =>
  (await api.list(`/v1/messages/${id}/timeline`)).filter(({ event }) => event === 'receipt');

onEachBackend('receipts', (system) => {
  it.each([WORK, 'dingtalk-app-robot'])('of %s tell who was reached and who has read', async (channel) => {
    const { api, sandbox } = system();
    const { id, text } = await sent(system(), [MANAGER, USER], channel);
    expect(await ask(system(), id)).toMatchObject({ status: 'delivered', counts: { delivered: 2 } });
    await sandbox.open(text, [USER]);
    expect(await ask(system(), id)).toMatchObject({ status: 'delivered', counts: { delivered: 1, read: 1 } });
    await sandbox.open(text);
    expect(await ask(system(), id)).toMatchObject({
      status: 'read',
      counts: { read: 2 },
      deliveries: [{ status: 'sent' }],
    });

    for (const recipient of await api.list(`/v1/messages/${id}/recipients`)) {
      const times = { deliveredAt: expect.any(String), readAt: expect.any(String) };
      expect(recipient).toMatchObject({ status: 'read', ...times });
    }
    expect((await receiptsIn(system(), id)).map((event) => event.text)).toEqual([
      'Receipt: 2 delivered',
      'Receipt: 1 read',
      'Receipt: 1 read',
    ]);
    expect(await pollOf(system(), id)).toBeUndefined();
  });

  it('that name a shielded person make a message partial, and say why', async () => {
    const { api, sandbox } = system();
    await sandbox.giveHabit(['u0101'], 'refuses');
    const { id } = await sent(system(), [MANAGER, 'u0101']);
    expect(await ask(system(), id)).toMatchObject({
      status: 'partial',
      counts: { delivered: 1, invalid: 1 },
      deliveries: [{ status: 'partial' }],
    });
    expect(await api.list(`/v1/messages/${id}/recipients?status=invalid`)).toMatchObject([
      { recipient: 'dingtalk:u0101', reason: 'recipient_protected', detail: { providerCode: '1430004' } },
    ]);
  });

  it('that reach nobody make it failed', async () => {
    const { sandbox } = system();
    await sandbox.giveHabit(['u0102', 'u0103'], 'loses');
    const { id } = await sent(system(), ['u0102', 'u0103']);
    expect(await ask(system(), id)).toMatchObject({
      status: 'failed',
      reason: 'not_delivered',
      deliveries: [{ status: 'failed', reason: 'not_delivered' }],
    });
    expect(await pollOf(system(), id)).toBeUndefined();
  });

  it('tell whom the vendor held back, who is sent to again by a replay', async () => {
    const { api, sandbox } = system();
    await sandbox.giveHabit(['u0104'], 'limited');
    const { id, text } = await sent(system(), ['u0104', 'u0105']);
    expect(await ask(system(), id)).toMatchObject({ status: 'partial', counts: { delivered: 1, failed: 1 } });
    expect(await api.list(`/v1/messages/${id}/recipients?status=failed`)).toMatchObject([
      { recipient: 'dingtalk:u0104', reason: 'person_daily_limit' },
    ]);
    await sandbox.giveHabit(['u0104'], null);
    await api.do(`/v1/messages/${id}/replay`);
    const isSettled = ({ deliveryCount, status }: AnswerBody): boolean => deliveryCount === 2 && status === 'sent';
    await api.until(id, isSettled, 'the end of the replay');
    expect((await sandbox.inbox(text)).map(({ recipients }) => recipients)).toEqual([['u0105'], ['u0104']]);
  });

  it('leave a message alone that was recalled in between', async () => {
    const { api, sandbox } = system();
    const { id, text } = await sent(system(), [MANAGER, USER]);
    await sandbox.open(text);
    await api.do(`/v1/messages/${id}/recall`);
    await api.until(id, ({ status }) => status === 'recalled', 'its recall');
    expect(await ask(system(), id)).toMatchObject({ status: 'recalled', counts: { recalled: 2 } });
    expect(await receiptsIn(system(), id)).toEqual([]);
    expect(await pollOf(system(), id)).toBeUndefined();
  });

  it('are collected by the next worker when one stops', async () => {
    const { sandbox } = system();
    const { id, text } = await sent(system(), [MANAGER]);
    await system().stopWorkers();
    await sandbox.open(text);
    await system().startWorker();
    expect(await ask(system(), id)).toMatchObject({ status: 'read' });
  });

  it('wait while their account is paused or throttled, and touch nothing of what was sent', async () => {
    const { api, database, sandbox } = system();
    const { account, id } = await sent(system(), [MANAGER]);
    const throttled = { type: 'errcode', code: 90018, message: 'app qps limit' };
    const fault = await sandbox.fault(throttled, { endpoint: 'getsendresult' });
    await database.query('UPDATE receipt_poll SET due_at = now() WHERE message_id = $1', [id]);
    await sandbox.hits(fault, 1);
    const isBlocked = async (): Promise<boolean> => {
      const rows = await database.query('SELECT FROM account WHERE code = $1 AND blocked_until IS NOT NULL', [account]);
      return rows.length > 0;
    };
    await waitFor(isBlocked, { deadlineMs: 10_000, what: 'the block of the account' });
    expect(await api.message(id)).toMatchObject({ status: 'sent', deliveries: [{ status: 'sent', attempts: 1 }] });

    await sandbox.clearFaults();
    await api.do(`/v1/accounts/${account}/pause`, { reason: 'a test' });
    await database.query(`UPDATE receipt_poll SET due_at = now() - interval '1 minute' WHERE message_id = $1`, [id]);
    const other = await sent(system(), [USER]);
    expect(await ask(system(), other.id)).toMatchObject({ status: 'delivered' });
    expect(await pollOf(system(), id)).toMatchObject({ tries: 0 });
    await api.do(`/v1/accounts/${account}/resume`);
    expect(await ask(system(), id)).toMatchObject({ status: 'delivered' });
  });

  it('are nothing that WeCom gives: its catalogue entry, recipients and timeline say that "sent" is the end', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const { id } = await api.sendAndSettle(
      template.message(given.text('silent'), { recipients: [{ wecom: 'zhangsan' }] }),
    );
    const { receipts } = channelNamed('wecom-app');
    const why = receipts.supported ? '' : receipts.why.en;
    expect(why).toContain('last state');
    const { data } = await api.read('/v1/channels');
    expect(data.find(({ name }: AnswerBody) => name === 'wecom-app')).toMatchObject({ receipts });
    expect(await api.list(`/v1/messages/${id}/recipients`)).toMatchObject([{ status: 'sent', text: why }]);
    const events = await api.list(`/v1/messages/${id}/timeline`);
    expect(events.find(({ event }) => event === 'sent')?.text).toContain(why);
    expect(await pollOf(system(), id)).toBeUndefined();
  });
});
