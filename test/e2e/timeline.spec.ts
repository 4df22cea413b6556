import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { AnswerBody } from './api-client.js';
import { quietNow, textKindOf } from './given.js';
import { onEachBackend, type System } from './system.js';

interface Story {
  readonly name: string;
  /** Answers the id of a message that has come to the end of the story. */
  readonly act: (system: System) => Promise<string>;
  /** `event reason|outcome` in order. */
  readonly told: readonly string[];
}

const PLANNED = ['accepted', 'planned'] as const;
const CALLED = (outcome: string, no = 1): readonly string[] => [
  `claimed ${no}`,
  `attempt_started ${no}`,
  `attempt_finished ${no} ${outcome}`,
];

async function message(
  { api, given }: System,
  wishes: JsonObject = {},
  body: JsonObject = {},
  channel = 'wecom-app',
): Promise<string> {
  const template = await given.template(channel, wishes);
  const recipients = channel === 'wecom-robot' ? {} : { recipients: ['zhangsan'] };
  return (await api.send(template.message(given.text('told'), { ...recipients, ...body }))).id;
}

const failing = ({ sandbox }: System): Promise<string> =>
  sandbox.fault({ type: 'errcode', code: 40058 }, { endpoint: 'message/send' }, 1);

const STORIES: readonly Story[] = [
  {
    name: 'was sent',
    act: async (system) => (await system.api.settled(await message(system))).id,
    told: [...PLANNED, ...CALLED('sent'), 'sent'],
  },
  {
    name: 'was sent to some and refused for others',
    act: async (system) => {
      const id = await message(system, {}, { recipients: ['zhangsan', { wecom: 'ghost-1' }] });
      return (await system.api.settled(id)).id;
    },
    told: [...PLANNED, ...CALLED('sent'), 'sent', 'recipient_refused recipient_unknown'],
  },
  {
    name: 'was refused',
    act: async (system) => {
      await failing(system);
      return (await system.api.settled(await message(system))).id;
    },
    told: [...PLANNED, ...CALLED('rejected'), 'failed'],
  },
  {
    name: 'was tried again',
    act: async (system) => {
      await system.sandbox.fault({ type: 'errcode', code: -1 }, { endpoint: 'message/send' }, 1);
      return (await system.api.settled(await message(system))).id;
    },
    told: [...PLANNED, ...CALLED('not_sent'), 'rescheduled retry', ...CALLED('sent', 2), 'sent'],
  },
  {
    name: 'waits for the end of quiet hours',
    act: async (system) => {
      const id = await message(system, { quietHours: quietNow() });
      await system.api.waiting(id, 'quiet_hours');
      return id;
    },
    told: [...PLANNED, 'rescheduled quiet_hours'],
  },
  {
    name: 'waits for its time and is sent at once',
    act: async (system) => {
      const id = await message(system, {}, { delaySeconds: 600 });
      await system.api.do(`/v1/messages/${id}/send-now`);
      return (await system.api.settled(id)).id;
    },
    told: [...PLANNED, 'sent_now', ...CALLED('sent'), 'sent'],
  },
  {
    name: 'was canceled and sent after all',
    act: async (system) => {
      const id = await message(system, {}, { delaySeconds: 600 });
      await system.api.do(`/v1/messages/${id}/cancel`);
      await system.api.do(`/v1/messages/${id}/replay`);
      return (await system.api.settled(id)).id;
    },
    told: [...PLANNED, 'canceled canceled_by_operator', 'replayed', ...CALLED('sent'), 'sent'],
  },
  {
    name: 'came too late',
    act: async (system) => {
      const account = await system.given.account('wecom-app');
      await system.api.do(`/v1/accounts/${account}/pause`);
      const expireAt = new Date(Date.now() + 1_000).toISOString();
      return (await system.api.settled(await message(system, { account }, { expireAt }))).id;
    },
    told: [...PLANNED, 'paused account_paused', 'expired expired'],
  },
  {
    name: 'was a duplicate',
    act: async (system) => {
      const { api, given } = system;
      const template = await given.template('wecom-app');
      const body = template.message(given.text('same'), { recipients: ['zhangsan'] });
      await api.sendAndSettle(body);
      return (await api.sendAndSettle(body)).id;
    },
    told: [...PLANNED, 'suppressed duplicate_content'],
  },
  {
    name: 'was dropped in quiet hours',
    act: async (system) =>
      (await system.api.settled(await message(system, { quietHours: quietNow({ action: 'drop' }) }))).id,
    told: [...PLANNED, 'suppressed quiet_hours_drop'],
  },
  {
    name: 'went on to the next route',
    act: async (system) => {
      const { api, given } = system;
      const routes: JsonObject[] = [];
      for (const channel of ['wecom-app', 'wecom-robot']) {
        const content = { kind: textKindOf(channel), content: '{{text}}' };
        routes.push({ channel, account: await given.account(channel), content });
      }
      const template = await given.saved({ routes, fallback: { on: ['failed'] } });
      await failing(system);
      const body = { template, recipients: ['zhangsan'], params: { text: given.text('next') } };
      return (await api.sendAndSettle(body)).id;
    },
    told: [...PLANNED, ...CALLED('rejected'), 'failed', 'fallback failed', ...CALLED('sent'), 'sent'],
  },
  {
    name: 'had no answer, and somebody said that it had arrived',
    act: async (system) => {
      await system.sandbox.fault({ type: 'reset', when: 'after' }, { endpoint: 'message/send' }, 1);
      const { id } = await system.api.settled(await message(system, { onAmbiguous: 'hold' }));
      await system.api.do(`/v1/messages/${id}/resolve`, { as: 'sent', note: 'asked' });
      return id;
    },
    told: [...PLANNED, ...CALLED('unknown'), 'sent', 'resolved sent'],
  },
  {
    name: 'was taken back',
    act: async (system) => {
      const { id } = await system.api.settled(await message(system));
      await system.api.do(`/v1/messages/${id}/recall`);
      await system.api.until(id, ({ status }: AnswerBody) => status === 'recalled', 'its recall');
      return id;
    },
    told: [...PLANNED, ...CALLED('sent'), 'sent', 'recall_requested', 'recalled'],
  },
];

/** What is told of an event beside its name: the attempt of calls, else the reason. */
const lineOf = ({ attempt, event, outcome, reason }: AnswerBody): string =>
  event.startsWith('attempt_') || event === 'claimed'
    ? [event, attempt, outcome].filter((part) => part !== undefined).join(' ')
    : [event, event === 'failed' ? undefined : reason].filter((part) => part !== undefined).join(' ');

onEachBackend('the timeline of a message that', (system) => {
  it.each(STORIES)('$name tells it all, in order', async ({ act, told }) => {
    const { api } = system();
    const id = await act(system());
    const events = await api.list(`/v1/messages/${id}/timeline`);
    expect(events.map(lineOf).sort()).toEqual([...told].sort());
    const times = events.map(({ at }: AnswerBody) => Date.parse(at));
    expect(times).toEqual([...times].sort((one, two) => one - two));
    expect(events.slice(0, 2).map(({ event }: AnswerBody) => event)).toEqual(PLANNED);
    expect(events.every(({ text }: AnswerBody) => text.length > 3 && !text.includes('{'))).toBe(true);
    const { body } = await api.get(`/v1/messages/${id}/timeline`, { 'accept-language': 'zh' });
    expect(body.data.every(({ text }: AnswerBody) => /\p{Script=Han}/u.test(text))).toBe(true);
  });
});
