import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { AnswerBody } from './api-client.js';
import { quietNow } from './given.js';
import { onEachBackend, type System } from './system.js';

const STATIONS =
  'request template recipient identity time rules route limits credentials provider receipt device'.split(' ');

const of = (ref: string, id: string): string => `/v1/recipients/${encodeURIComponent(ref)}/explain?message=${id}`;

/** The station that decided, as `name result reason`. */
function decisive({ stations }: AnswerBody): string {
  expect(stations.map(({ name }: AnswerBody) => name)).toEqual(STATIONS);
  expect(stations.map(({ no }: AnswerBody) => no)).toEqual(STATIONS.map((_, index) => index + 1));
  expect(stations.every(({ sentence }: AnswerBody) => sentence.length > 3 && !sentence.includes('{'))).toBe(true);
  const found = stations.find(({ result }: AnswerBody) => result !== 'pass') ?? stations.at(-1);
  return [found.name, found.result, found.reason].filter(Boolean).join(' ');
}

interface Story {
  readonly name: string;
  readonly act: (system: System) => Promise<{ readonly id: string; readonly ref: string }>;
  readonly verdict: string;
  readonly decided: string;
  readonly says: RegExp;
  readonly remedy?: string;
}

async function sent(
  { api, given }: System,
  channel: string,
  recipient: JsonObject,
  wishes: JsonObject = {},
  body: JsonObject = {},
): Promise<string> {
  const template = await given.template(channel, wishes);
  return (await api.send(template.message(given.text('why'), { recipients: [recipient], ...body }))).id;
}

const STORIES: readonly Story[] = [
  {
    name: 'was accepted by a vendor that gives no receipts',
    act: async (system) => {
      const id = await sent(system, 'wecom-app', { wecom: 'zhangsan' });
      await system.api.settled(id);
      return { id, ref: 'wecom:zhangsan' };
    },
    verdict: 'sent_silent',
    decided: 'receipt skipped',
    says: /gives no receipts/,
  },
  {
    name: 'is unknown to the vendor',
    act: async (system) => {
      const id = await sent(system, 'wecom-app', { wecom: 'Ghost-7' });
      await system.api.settled(id);
      return { id, ref: 'wecom:GHOST-7' };
    },
    verdict: 'invalid',
    decided: 'provider fail recipient_unknown',
    says: /wecom:ghost-7/,
    remedy: 'bind_identity',
  },
  {
    name: 'is in quiet hours',
    act: async (system) => {
      const id = await sent(system, 'wecom-app', { wecom: 'lisi' }, { quietHours: quietNow() });
      await system.api.waiting(id, 'quiet_hours');
      return { id, ref: 'wecom:lisi' };
    },
    verdict: 'waiting',
    decided: 'time wait quiet_hours',
    says: /quiet \d\d:\d\d–\d\d:\d\d; it goes out at \d{4}-/,
    remedy: 'send_now',
  },
  {
    name: 'is to be told later',
    act: async (system) => {
      const id = await sent(system, 'wecom-app', { wecom: 'lisi' }, {}, { delaySeconds: 600 });
      return { id, ref: 'user:lisi' };
    },
    verdict: 'waiting',
    decided: 'time wait send_at',
    says: /The caller asked for \d{4}-/,
    remedy: 'send_now',
  },
  {
    name: 'had the same content before',
    act: async (system) => {
      const { api, given } = system;
      const template = await given.template('wecom-app');
      const body = template.message(given.text('twice'), { recipients: ['zhangsan'] });
      await api.sendAndSettle(body);
      return { id: (await api.sendAndSettle(body)).id, ref: 'zhangsan' };
    },
    verdict: 'suppressed',
    decided: 'rules stop duplicate_content',
    says: /same content went to this person within 300 s/,
    remedy: 'open_original',
  },
  {
    name: 'waits for a paused account',
    act: async (system) => {
      const account = await system.given.account('wecom-app');
      await system.api.do(`/v1/accounts/${account}/pause`, { reason: 'maintenance' });
      const id = await sent(system, 'wecom-app', { wecom: 'lisi' }, { account });
      await system.api.waiting(id, 'account_paused');
      return { id, ref: 'wecom:lisi' };
    },
    verdict: 'waiting',
    decided: 'credentials wait account_paused',
    says: /was paused by/,
    remedy: 'resume_account',
  },
  {
    name: 'was canceled',
    act: async (system) => {
      const id = await sent(system, 'wecom-app', { wecom: 'lisi' }, {}, { delaySeconds: 600 });
      await system.api.do(`/v1/messages/${id}/cancel`);
      return { id, ref: 'wecom:lisi' };
    },
    verdict: 'canceled',
    decided: 'request stop canceled_by_operator',
    says: /on purpose/,
    remedy: 'resend',
  },
  {
    name: 'is written as a mobile that nobody knows',
    act: async (system) => {
      const id = await sent(system, 'dingtalk-work', { mobile: '13800000007' });
      await system.api.settled(id);
      return { id, ref: 'mobile:+86 138 0000 0007' };
    },
    verdict: 'invalid',
    decided: 'recipient fail not_in_directory',
    says: /mobile:13800000007/,
    remedy: 'bind_identity',
  },
  {
    name: 'had it taken back',
    act: async (system) => {
      const id = await sent(system, 'wecom-app', { wecom: 'lisi' });
      await system.api.settled(id);
      await system.api.do(`/v1/messages/${id}/recall`);
      await system.api.until(id, ({ status }) => status === 'recalled', 'its recall');
      return { id, ref: 'wecom:lisi' };
    },
    verdict: 'recalled',
    decided: 'device stop',
    says: /taken back at \d{4}-/,
  },
];

onEachBackend('why somebody did not get a message', (system) => {
  it.each(STORIES)('is told of who $name', async ({ act, decided, remedy, says, verdict }) => {
    const { api } = system();
    const { id, ref } = await act(system());
    const explanation = await api.read(of(ref, id));
    expect(explanation).toMatchObject({ message: id, deliveryNo: 1, verdict: { code: verdict } });
    expect(decisive(explanation)).toBe(decided);
    expect(explanation.verdict.sentence).toMatch(says);
    const offered = explanation.stations.flatMap(({ remedies }: AnswerBody) =>
      remedies.map((one: AnswerBody) => one.id),
    );
    if (remedy !== undefined) expect(offered).toContain(remedy);
    const chinese = await api.get(of(ref, id), { 'accept-language': 'zh' });
    expect(chinese.body.verdict.sentence).toMatch(/\p{Script=Han}/u);
  });

  it('is told when no system asked for it, with the requests that were refused and other spellings', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    await api.sendAndSettle(template.message(given.text('other'), { recipients: ['Carol'] }));
    const refused = await api.post('/v1/messages', { template: template.code, recipients: ['carol'], params: {} });
    expect(refused.status).toBe(422);
    const answer = await api.read('/v1/recipients/user%3Acarol/explain');
    expect(answer).toMatchObject({
      ref: 'user:carol',
      candidates: [],
      verdict: { code: 'nobody_asked', family: 'nobody' },
    });
    expect(decisive(answer)).toBe('request stop');
    expect(answer.stations[0].facts).toContainEqual({
      label: 'otherSpelling',
      value: 'user:Carol',
      href: '/v1/recipients/user%3ACarol/messages',
    });
    expect(answer.stations[0].remedies.map(({ id }: AnswerBody) => id)).toContain('rejections');
  });

  it('finds the message that was missed among those that arrived, around a time', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const to = { recipients: [{ wecom: 'wangwu' }] };
    const text = given.text('again');
    const first = await api.sendAndSettle(template.message(text, to));
    const second = await api.sendAndSettle(template.message(text, to));
    await api.sendAndSettle(template.message(given.text('later'), to));
    const around = `template=${template.code}&around=${encodeURIComponent(first.createdAt)}`;
    const answer = await api.read(`/v1/recipients/wecom%3Awangwu/explain?${around}`);
    expect(answer).toMatchObject({
      message: second.id,
      verdict: { code: 'suppressed', reason: 'duplicate_content', scope: { isMore: false } },
    });
    expect(answer.candidates.map(({ status }: AnswerBody) => status)).toEqual(['sent', 'suppressed', 'sent']);
    const early = encodeURIComponent('2020-01-01T00:00:00Z');
    expect(await api.read(`/v1/recipients/wecom%3Awangwu/explain?around=${early}`)).toMatchObject({ candidates: [] });
  });

  it('is told in the place of the reader', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const message = await api.sendAndSettle(template.message(given.text('zone'), { recipients: [{ wecom: 'lisi' }] }));
    const sentence = async (timeZone: string): Promise<string> =>
      (await api.read(`${of('wecom:lisi', message.id)}&timeZone=${timeZone}`)).stations[0].sentence;
    expect(await sentence('UTC')).toContain(message.createdAt.slice(0, 19).replace('T', ' '));
    expect(await sentence('Asia/Tokyo')).not.toContain(message.createdAt.slice(11, 16));
    const refused = await api.get(`${of('wecom:lisi', message.id)}&timeZone=Mars`);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ parameter: 'timeZone' }] } });
  });

  it('shows a caller nothing of others: the answer is that of a message that never was', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const { id } = await api.sendAndSettle(
      template.message(given.text('mine'), { recipients: [{ wecom: 'private-1' }] }),
    );
    const stranger = await given.key();
    const [theirs, nobodys] = [
      await stranger.get(of('wecom:private-1', id)),
      await stranger.get(of('wecom:private-1', id.replace(/.$/, '0'))),
    ];
    expect(theirs.body).toMatchObject({ candidates: [], verdict: { code: 'nobody_asked' } });
    expect(theirs.text).toBe(nobodys.text);
    expect(await stranger.list('/v1/recipients/wecom%3Aprivate-1/messages')).toEqual([]);
  });
});

onEachBackend('the messages of one person', (system) => {
  it('are listed over all channels, newest first, page by page, with what became of each', async () => {
    const { api, given } = system();
    const [work, app] = [await given.template('dingtalk-work'), await given.template('wecom-app')];
    const ids: string[] = [];
    for (const template of [app, work, app, work]) {
      const recipients = [{ user: 'dora' }];
      ids.push((await api.sendAndSettle(template.message(given.text('dora'), { recipients }))).id);
    }
    const first = await api.read('/v1/recipients/user%3Adora/messages?limit=3');
    expect(first.data.map(({ message }: AnswerBody) => message)).toEqual([...ids].reverse().slice(0, 3));
    expect(first.data[0]).toMatchObject({ recipient: 'user:dora', channel: 'dingtalk-work', account: work.account });
    const rest = await api.read(`/v1/recipients/dora/messages?limit=3&cursor=${first.nextCursor}`);
    expect(rest.data.map(({ message }: AnswerBody) => message)).toEqual([ids[0]]);
    expect(rest.nextCursor).toBeNull();
    const narrowed = await api.list(`/v1/recipients/dora/messages?template=${work.code}`);
    expect(narrowed).toHaveLength(2);
    expect(await api.get(`/v1/recipients/other/messages?cursor=${first.nextCursor}`)).toMatchObject({ status: 400 });
  });
});
