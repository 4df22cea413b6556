import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

const WINDOW_MS = 61_000;
const ROBOT_MINUTE = 20;
const NO_RESERVE = { highReserve: 0 };
/** A robot of its own: to the vendor, accounts with one key are one robot. */
const OTHER_ROBOT = { webhook: '5a4d0000-0000-4000-8000-00000000b0b2' };
const numbered = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

/** Lets a minute go by in the ledger and at the vendors. */
async function passMinute({ database, sandbox }: System): Promise<void> {
  const back = `interval '${WINDOW_MS} milliseconds'`;
  await database.query(`UPDATE limit_window SET calls = ARRAY(SELECT c - ${back} FROM unnest(calls) AS c)`);
  await database.query(
    `UPDATE delivery SET next_attempt_at = next_attempt_at - ${back},
       publish_at = CASE WHEN publish_at > now() THEN publish_at - ${back} ELSE publish_at END
     WHERE status = 'scheduled' AND reason = 'rate_limited'`,
  );
  await sandbox.advanceClock(WINDOW_MS);
}

/** The numbers of the messages with this text that the vendor has shown, in the order in which it took them. */
async function shown({ sandbox }: System, text: string): Promise<number[]> {
  const entries = await sandbox.inbox(text);
  return entries.map((entry: AnswerBody) => Number(/no (\d+)/.exec(entry.request.rawBody)?.[1]));
}

async function waitingOf({ api }: System, account: string): Promise<number> {
  return (await api.read(`/v1/accounts/${account}/quota`)).waiting;
}

onEachBackend('limits of the vendors', (system) => {
  beforeEach(async () => {
    await passMinute(system());
    await system().sandbox.enforceLimits(true);
  });
  afterEach(() => system().sandbox.enforceLimits(false));

  it('let the 200 messages of one robot leave at its pace, in order, and hold up nobody else', async () => {
    const { api, given } = system();
    const count = 200;
    const slow = await given.template('wecom-robot', {
      account: await given.account('wecom-robot', { limits: NO_RESERVE, config: OTHER_ROBOT }),
    });
    const other = await given.template('wecom-robot');
    const text = given.text('many');
    const messages = numbered(0, count).map((n) => slow.message(`${text} no ${n} `));
    const { results } = await api.do('/v1/messages/batch', { messages });
    const ids = results.map(({ message }: AnswerBody) => message.id);

    for (let sent = ROBOT_MINUTE; sent <= count; sent += ROBOT_MINUTE) {
      await waitFor(
        async () =>
          (await shown(system(), text)).length >= sent && (await waitingOf(system(), slow.account)) === count - sent,
        { what: `${sent} messages sent, the others waiting`, deadlineMs: 20_000 },
      );
      const began = Date.now();
      await api.sendAndSettle(other.message(given.text('meanwhile')));
      expect(Date.now() - began).toBeLessThan(2_000);
      const numbers = await shown(system(), text);
      expect(numbers).toHaveLength(sent);
      expect([...numbers.slice(-ROBOT_MINUTE)].sort((a, b) => a - b)).toEqual(numbered(sent - ROBOT_MINUTE, sent));
      await passMinute(system());
    }
    await api.allSettled(ids);
    const ended = await api.list(`/v1/messages?limit=200&status=sent&ids=${ids.join(',')}`);
    expect(ended).toHaveLength(count);
    const last = await api.message(ids.at(-1));
    expect(last.deliveries).toMatchObject([{ status: 'sent', attempts: 1, no: 1 }]);
    expect(await api.list(`/v1/messages/${ids.at(-1)}/attempts`)).toHaveLength(1);
  });

  it('let the robots of a pool send what one of them has no room for, or must not send', async () => {
    const { api, given } = system();
    const text = given.text('pool');
    const [first, second, paused] = [
      await given.account('wecom-robot', { limits: NO_RESERVE }),
      await given.account('wecom-robot', { limits: NO_RESERVE, config: OTHER_ROBOT }),
      await given.account('wecom-robot'),
    ];
    await api.do(`/v1/accounts/${paused}/pause`, { reason: 'at rest' });
    const sendAll = async (accounts: string[], numbers: readonly number[]): Promise<AnswerBody[]> => {
      const content = { kind: 'text', content: '{{text}}' };
      const template = await given.saved({ routes: [{ channel: 'wecom-robot', accounts, content }] });
      const messages = numbers.map((n) => ({ template, params: { text: `${text} no ${n} ` } }));
      const { results } = await api.do('/v1/messages/batch', { messages });
      const ids: string[] = results.map(({ message }: AnswerBody) => message.id);
      await api.allSettled(ids);
      return Promise.all(ids.map((id) => api.message(id)));
    };
    const accountsOf = (messages: AnswerBody[]): string[] => messages.map(({ deliveries }) => deliveries[0].account);

    const both = accountsOf(await sendAll([first, second], numbered(0, 2 * ROBOT_MINUTE)));
    expect(await shown(system(), text)).toHaveLength(2 * ROBOT_MINUTE);
    expect(both.filter((account) => account === first)).toHaveLength(ROBOT_MINUTE);

    await passMinute(system());
    const others = await sendAll([paused, second], numbered(100, 100 + ROBOT_MINUTE));
    expect(new Set(accountsOf(others))).toEqual(new Set([second]));
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['sent']));
    const timelines = await Promise.all(others.map(({ id }) => api.read(`/v1/messages/${id}/timeline`)));
    const events = timelines.flatMap(({ data }) => data.map(({ event }: AnswerBody) => event));
    expect(events).toContain('moved');
  });

  it('keep a part of the minute for high priority, which does not stand in line', async () => {
    const { api, given } = system();
    const account = await given.account('wecom-robot', { limits: { highReserve: 50 } });
    const template = await given.template('wecom-robot', { account });
    const text = given.text('line');
    await Promise.all(numbered(0, 15).map((n) => api.send(template.message(`${text} no ${n} `))));
    await waitFor(async () => (await waitingOf(system(), account)) === 5, { what: 'five in line' });
    const urgent = await api.sendAndSettle(template.message(given.text('urgent'), { priority: 'high' }));
    expect(urgent.status).toBe('sent');
    const quota = await api.read(`/v1/accounts/${account}/quota`);
    expect(quota.limits).toContainEqual(
      expect.objectContaining({ key: 'perMinute', limit: 20, used: 11, reserved: 10, left: 9 }),
    );
    const { id } = await api.send(template.message(given.text('late')));
    const { deliveries } = await api.waiting(id, 'rate_limited');
    expect(deliveries[0]).toMatchObject({ attempts: 0, nextAttemptAt: expect.any(String) });
    expect(await api.list(`/v1/messages/${id}/attempts`)).toEqual([]);
    const { limits } = await api.do('/v1/messages?dryRun=true', template.message('dry'));
    expect(limits).toEqual([{ account, providerCalls: 1, waiting: 6, verdict: 'waits', limit: 'perMinute' }]);
  });

  it('delay what a member would never be shown, while the other members of the call get it', async () => {
    const { api, given, sandbox } = system();
    const account = await given.account('wecom-app', { limits: {} });
    const template = await given.template('wecom-app', { account });
    const text = given.text('member');
    const ids: string[] = [];
    for (const n of numbered(0, 40)) {
      ids.push((await api.send(template.message(`${text} no ${n} `, { recipients: ['zhangsan'] }))).id);
    }
    const both = await api.send(template.message(`${text} no 40 `, { recipients: ['zhangsan', 'lisi'] }));
    await waitFor(async () => (await waitingOf(system(), account)) === 11, { what: 'eleven waiting deliveries' });
    expect(await shown(system(), text)).toHaveLength(31);
    expect(await api.message(both.id)).toMatchObject({
      deliveryCount: 2,
      deliveries: [{ status: 'sent' }, { kind: 'split', status: 'scheduled', reason: 'rate_limited', attempts: 0 }],
    });
    await passMinute(system());
    await api.allSettled([...ids, both.id]);
    const entries = await sandbox.inbox(text);
    expect(entries.flatMap(({ dropped }: AnswerBody) => dropped)).toEqual([]);
    expect(entries).toHaveLength(42);
    const { data: timeline } = await api.read(`/v1/messages/${both.id}/timeline`);
    expect(timeline).toContainEqual(expect.objectContaining({ event: 'split', deliveryNo: 1, reason: 'rate_limited' }));
  });

  it('tell who would be sent the same twice a day where the vendor hides it', async () => {
    const { api, given } = system();
    const account = await given.account('dingtalk-work', { limits: {} });
    const dedupe = { content: null };
    const template = await given.template('dingtalk-work', { account, dedupe, ttlSeconds: 60 });
    const text = given.text('twice');
    const body = template.message(text, { recipients: ['manager01'] });
    expect((await api.sendAndSettle(body)).status).toBe('sent');
    expect(await api.sendAndSettle(body)).toMatchObject({ status: 'suppressed', reason: 'would_be_dropped' });
    const patient = template.message(text, {
      recipients: ['manager01'],
      expireAt: new Date(Date.now() + 2 * 86_400_000).toISOString(),
    });
    const { deliveries } = await api.waiting((await api.send(patient)).id, 'quota');
    expect(deliveries[0].nextAttemptAt).toContain('T16:00:00');
  });

  it('say so when members cannot be counted', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app', { account: await given.account('wecom-app', { limits: {} }) });
    const { id } = await api.sendAndSettle(template.message(given.text('all'), { recipients: [{ all: true }] }));
    const { data: timeline } = await api.read(`/v1/messages/${id}/timeline`);
    expect(timeline.map(({ event }: AnswerBody) => event)).toContain('member_limits_not_checked');
  });

  it('set by the account hold back until the next day, and every account is in the ledger', async () => {
    const { api, given } = system();
    const account = await given.account('wecom-app', { limits: { dailyPersonTimes: 2, highReserve: null } });
    const template = await given.template('wecom-app', { account });
    const send = (people: string[]) => template.message(given.text('ceiling'), { recipients: people });
    expect((await api.sendAndSettle(send(['zhangsan', 'lisi']))).status).toBe('sent');
    const { deliveries } = await api.waiting((await api.send(send(['lisi']))).id, 'quota');
    expect(deliveries[0]).toMatchObject({ attempts: 0 });
    const { limits } = await api.read(`/v1/accounts/${account}/quota`);
    expect(limits).toContainEqual(expect.objectContaining({ key: 'personPerMinute', used: 1, left: 29 }));
    const quotas = await api.list('/v1/quotas');
    expect(quotas.find((quota: AnswerBody) => quota.account === account)).toMatchObject({
      channel: 'wecom-app',
      waiting: 1,
      limits: expect.arrayContaining([
        expect.objectContaining({ key: 'dailyPersonTimes', used: 2, left: 0, nextFreeAt: expect.any(String) }),
        expect.objectContaining({ key: 'monthlyCalls', used: 1, limit: null }),
        expect.objectContaining({ key: 'personPerMinute', scope: 'person', limit: 30 }),
      ]),
    });
  });
});
