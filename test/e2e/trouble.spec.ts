import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';

interface Trouble {
  readonly what: string;
  readonly channel: string;
  readonly action: JsonObject;
  /** How the attempts ended; the last one is the success. */
  readonly outcomes: readonly string[];
  /** How many of them count. */
  readonly attempts: number;
  /** How often people see the message in the end. */
  readonly shown: number;
  readonly possibleDuplicate?: true;
}

const SEND: Readonly<Record<string, string>> = {
  'wecom-app': 'message/send',
  'wecom-robot': 'webhook/send',
  'dingtalk-robot': 'robot/send',
  'dingtalk-work': 'asyncsend_v2',
};

const unclear = { outcomes: ['unknown', 'sent'], attempts: 2 };
const doubled = { ...unclear, possibleDuplicate: true } as const;

/** One call meets the trouble, the next one does not. */
const TROUBLES: readonly Trouble[] = [
  { what: 'HTTP 502', channel: 'wecom-app', action: { type: 'http', status: 502 }, ...unclear, shown: 1 },
  { what: 'HTTP 502', channel: 'dingtalk-work', action: { type: 'http', status: 502 }, ...unclear, shown: 1 },
  {
    what: 'HTTP 502 behind which the message was taken',
    channel: 'wecom-robot',
    action: { type: 'http', status: 502, when: 'after' },
    ...doubled,
    shown: 2,
  },
  {
    what: 'HTTP 502 behind which the message was taken, with an id against duplicates',
    channel: 'dingtalk-robot',
    action: { type: 'http', status: 502, when: 'after' },
    ...unclear,
    shown: 1,
  },
  {
    what: 'HTTP 502 behind which the message was taken, where the vendor drops equal content',
    channel: 'dingtalk-work',
    action: { type: 'http', status: 502, when: 'after' },
    ...unclear,
    shown: 1,
  },
  {
    what: 'errcode -1',
    channel: 'wecom-app',
    action: { type: 'errcode', code: -1 },
    outcomes: ['not_sent', 'sent'],
    attempts: 2,
    shown: 1,
  },
  {
    what: 'errcode -1',
    channel: 'dingtalk-robot',
    action: { type: 'errcode', code: -1 },
    outcomes: ['not_sent', 'sent'],
    attempts: 2,
    shown: 1,
  },
  { what: 'a connection cut before it', channel: 'wecom-app', action: { type: 'reset' }, ...unclear, shown: 1 },
  {
    what: 'a connection cut behind it',
    channel: 'wecom-app',
    action: { type: 'reset', when: 'after' },
    ...unclear,
    shown: 1,
  },
  { what: 'half an answer', channel: 'wecom-robot', action: { type: 'cut-body' }, ...doubled, shown: 2 },
  { what: 'an answer that is no JSON', channel: 'wecom-app', action: { type: 'garbage' }, ...unclear, shown: 1 },
  { what: 'an answer that is no JSON', channel: 'wecom-robot', action: { type: 'garbage' }, ...doubled, shown: 2 },
  {
    what: 'a success page of a proxy',
    channel: 'dingtalk-work',
    action: { type: 'http', status: 200, body: '<html>OK</html>' },
    ...unclear,
    shown: 1,
  },
  {
    what: 'a late answer',
    channel: 'wecom-app',
    action: { type: 'delay', ms: 1_500 },
    outcomes: ['sent'],
    attempts: 1,
    shown: 1,
  },
  {
    what: 'a throttle of two seconds',
    channel: 'wecom-app',
    action: { type: 'errcode', code: 45033 },
    outcomes: ['not_sent', 'sent'],
    attempts: 1,
    shown: 1,
  },
  {
    what: 'HTTP 503',
    channel: 'dingtalk-work',
    action: { type: 'http', status: 503 },
    outcomes: ['not_sent', 'sent'],
    attempts: 1,
    shown: 1,
  },
  {
    what: 'HTTP 429 with a time to wait',
    channel: 'wecom-robot',
    action: { type: 'http', status: 429, headers: { 'retry-after': '1' } },
    outcomes: ['not_sent', 'sent'],
    attempts: 1,
    shown: 1,
  },
];

/** People or groups that see a message that holds this text, repetitions included. */
async function shown({ sandbox }: System, text: string): Promise<number> {
  const entries = await sandbox.inbox(text);
  return entries.reduce((sum, { recipients }) => sum + recipients.length, 0);
}

const outcomesOf = async ({ api }: System, id: string): Promise<string[]> =>
  (await api.list(`/v1/messages/${id}/attempts`)).map(({ outcome }: AnswerBody) => outcome);

const recipientsOn = (channel: string): JsonObject[] => (channel.endsWith('robot') ? [] : [{ user: 'zhangsan' }]);

onEachBackend('a message that meets', (system) => {
  it.each(TROUBLES)(
    '$what on $channel still ends sent',
    async ({ channel, action, outcomes, attempts, shown: expected, possibleDuplicate }) => {
      const { api, given, sandbox } = system();
      const template = await given.template(channel);
      const text = given.text('trouble');
      await sandbox.fault(action, { endpoint: SEND[channel] ?? '' }, 1);
      const message = await api.sendAndSettle(template.message(text, { recipients: recipientsOn(channel) }));
      expect(message).toMatchObject({ status: 'sent', deliveries: [{ status: 'sent', attempts }] });
      expect(message.deliveries[0].possibleDuplicate).toBe(possibleDuplicate);
      expect(message.deliveries[0].error).toBeUndefined();
      expect(await outcomesOf(system(), message.id)).toEqual(outcomes);
      expect(await shown(system(), text)).toBe(expected);
    },
  );

  it('a throttle of a minute waits for it without an attempt, and so does whatever follows on the account', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-robot');
    await sandbox.fault({ type: 'errcode', code: 45009 }, { endpoint: 'webhook/send' }, 1);
    const first = await api.send(template.message(given.text('throttled')));
    const waiting = await api.waiting(first.id, 'rate_limited');
    expect(waiting.deliveries[0].attempts).toBe(0);
    expect(Date.parse(waiting.deliveries[0].nextAttemptAt) - Date.now()).toBeGreaterThan(50_000);

    const text = given.text('behind');
    const second = await api.send(template.message(text));
    await api.waiting(second.id, 'rate_limited');
    const other = await given.template('wecom-robot');
    await api.sendAndSettle(other.message(given.text('beside')));
    expect(await sandbox.requests(text)).toEqual([]);
  });

  it('a provider that is down waits without losing an attempt, and goes out when it is back', async () => {
    const { api, given, sandbox } = system();
    const ids: string[] = [];
    const texts: string[] = [];
    const templates = [await given.template('wecom-robot'), await given.template('wecom-app')];
    await system().withoutSandbox(async () => {
      for (const template of templates) {
        texts.push(given.text('down'));
        const { id } = await api.send(template.message(texts.at(-1) ?? '', { recipients: ['zhangsan'] }));
        ids.push(id);
        const { deliveries } = await api.waiting(id, 'retry');
        expect(deliveries[0]).toMatchObject({ attempts: 0, error: { code: 'connect_failed' } });
      }
    });
    for (const [index, id] of ids.entries()) {
      expect(await api.settled(id)).toMatchObject({ status: 'sent', deliveries: [{ attempts: 1 }] });
      expect(await sandbox.inbox(texts[index] ?? '')).toHaveLength(1);
    }
  });

  it('a refusal for good fails with the words of the provider', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('refused');
    await sandbox.fault({ type: 'errcode', code: 40058, message: 'text.content exceed' }, { endpoint: 'message/send' });
    const message = await api.sendAndSettle(template.message(text, { recipients: ['zhangsan'] }));
    expect(message).toMatchObject({ status: 'failed', counts: { failed: 1 }, reason: expect.any(String) });
    expect(message.deliveries).toMatchObject([
      { status: 'failed', attempts: 1, error: { provider: { name: 'wecom', code: '40058' } } },
    ]);
    expect(message.deliveries[0].error.provider.message).toContain('text.content exceed');
    expect(message.deliveries[0].error.provider.message).not.toContain('from ip');
    expect(await outcomesOf(system(), message.id)).toEqual(['rejected']);
    const [recipient] = await api.list(`/v1/messages/${message.id}/recipients`);
    expect(recipient).toMatchObject({ status: 'failed', reason: message.reason, text: expect.any(String) });
  });

  it('a refusal of the host pauses the account until it is resumed', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    await sandbox.fault({ type: 'errcode', code: 60020 }, { endpoint: 'message/send' }, 1);
    const { id } = await api.send(template.message(given.text('ip'), { recipients: ['zhangsan'] }));
    await api.waiting(id, 'account_paused');
    const path = `/v1/accounts/${template.account}`;
    expect(await api.read(path)).toMatchObject({ status: 'paused', pausedReason: 'ip_not_trusted' });
    await api.do(`${path}/resume`);
    expect(await api.settled(id)).toMatchObject({ status: 'sent', deliveries: [{ attempts: 1 }] });
  });

  it('the end of its token is sent with a new one and loses no attempt', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('dingtalk-work');
    await api.sendAndSettle(template.message(given.text('warm'), { recipients: ['manager01'] }));
    expect(await sandbox.revokeTokens('dingsandboxkey01:1000000001')).toBe(1);
    const message = await api.sendAndSettle(template.message(given.text('renewed'), { recipients: ['manager01'] }));
    expect(message).toMatchObject({ status: 'sent', deliveries: [{ attempts: 1 }] });
    expect(await outcomesOf(system(), message.id)).toEqual(['sent']);
  });
});
