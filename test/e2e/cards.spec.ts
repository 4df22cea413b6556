import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { Answer, AnswerBody } from './api-client.js';
import { channelNamed } from './given.js';
import { onEachBackend, type System } from './system.js';

const CARD = {
  kind: 'template_card',
  card_type: 'button_interaction',
  main_title: { title: '{{text}}' },
  button_selection: {
    question_key: 'handover',
    option_list: [
      { id: 'u1', text: '王磊' },
      { id: 'u2', text: '赵敏' },
    ],
  },
  button_list: [
    { text: '同意', style: 1, key: 'approve' },
    { text: '驳回', style: 2, key: 'reject' },
  ],
};
const OA = {
  kind: 'oa',
  message_url: 'https://oa.example.com/m/55',
  head: { bgcolor: 'FFBBBBBB', text: 'Expense' },
  status_bar: { status_value: 'Pending', status_bg: '0xFFF65E5E' },
  body: { title: '{{text}}' },
};
const GREY = { content: { kind: 'button', replace_name: '已处理' } };
const DAY_MS = 86_400_000;

interface SentCard {
  readonly id: string;
  /** In the sandbox's inbox. */
  readonly entry: string;
  readonly text: string;
}

/** A card in two chats, of an account that hears of clicks. */
async function sentCard(system: System, content: JsonObject = CARD, params: JsonObject = {}): Promise<SentCard> {
  const { api, given, sandbox } = system;
  const template = await given.template('wecom-app', { content });
  const { agentId, callbackAesKey: aesKey = '', callbackToken: token = '' } = channelNamed('wecom-app').sandbox.account;
  const url = `${system.apiUrl}/v1/callbacks/wecom/${template.account}`;
  await sandbox.callBack({ agentId: agentId ?? 0, aesKey, token, url });
  const text = given.text('card');
  const body = { recipients: ['zhangsan', 'lisi'], params: { text, ...params } };
  const { id, status } = await api.sendAndSettle(template.message(text, body));
  expect(status).toBe('sent');
  return { id, text, entry: (await sandbox.only(text)).id };
}

async function updateOf({ api }: System, id: string, body: JsonObject = GREY): Promise<Answer> {
  return api.post(`/v1/messages/${id}/card`, body);
}

const clicksOf = async ({ api }: System, id: string): Promise<AnswerBody[]> =>
  (await api.list(`/v1/messages/${id}/timeline`)).filter(({ event }) => event === 'card_clicked');

onEachBackend('a card after sending', (system) => {
  it('is updated once by the code of the send, and again by the code of a click', async () => {
    const { api, sandbox } = system();
    const { entry, id } = await sentCard(system());
    expect(await updateOf(system(), id, { content: closed('等待中') })).toMatchObject({
      status: 200,
      body: { results: [{ deliveryNo: 1, status: 'updated', refused: [] }] },
    });
    expect(await updateOf(system(), id)).toMatchObject({ status: 409, body: { code: 'card_code_used' } });

    const selections = [{ question: 'handover', options: ['u2'] }];
    expect(await sandbox.click(entry, { user: 'lisi', key: 'approve', selections })).toEqual({
      status: 200,
      body: 'success',
    });
    expect(await clicksOf(system(), id)).toMatchObject([
      {
        deliveryNo: 1,
        text: 'lisi pressed “approve” on the card',
        click: { user: 'lisi', key: 'approve', selections },
      },
    ]);

    expect((await updateOf(system(), id)).status).toBe(200);
    expect((await sandbox.onlyById(entry)).changes.at(-1)).toMatchObject({
      button: '已处理',
      users: ['zhangsan', 'lisi'],
    });
    expect(await updateOf(system(), id)).toMatchObject({ status: 409, body: { code: 'card_code_used' } });
    const events = (await api.list(`/v1/messages/${id}/timeline`)).map(({ event }) => event);
    expect(events.filter((event) => event === 'card_updated')).toHaveLength(2);
  });

  it('is found by the task id that its template gave it', async () => {
    const { given, sandbox } = system();
    const task = given.code('leave');
    const { entry, id } = await sentCard(system(), { ...CARD, task_id: '{{task}}' }, { task });
    await sandbox.click(entry, { user: 'zhangsan', key: 'reject' });
    expect(await clicksOf(system(), id)).toMatchObject([
      { click: { user: 'zhangsan', key: 'reject', selections: [] } },
    ]);
  });

  it('with a menu tells of its entries too, and may become another card', async () => {
    const { sandbox } = system();
    const notice = {
      kind: 'template_card',
      card_type: 'text_notice',
      main_title: { title: '{{text}}' },
      action_menu: { desc: '更多', action_list: [{ text: '不再提醒', key: 'mute' }] },
      card_action: { type: 1, url: 'https://example.com' },
    };
    const { entry, id } = await sentCard(system(), notice);
    await sandbox.click(entry, { user: 'zhangsan', key: 'mute' });
    expect(await clicksOf(system(), id)).toMatchObject([{ click: { key: 'mute' } }]);
    expect(await updateOf(system(), id)).toMatchObject({ status: 409, body: { code: 'card_not_updatable' } });
    expect((await updateOf(system(), id, { content: closed('完成') })).status).toBe(200);
  });

  it('changes for some of its readers only, and names those who never got it', async () => {
    const { sandbox } = system();
    const { entry, id } = await sentCard(system());
    const { body } = await updateOf(system(), id, { ...GREY, to: { users: ['lisi', 'wangwu'] } });
    expect(body.results).toMatchObject([{ status: 'updated', refused: ['wangwu'] }]);
    expect((await sandbox.onlyById(entry)).changes).toMatchObject([{ users: ['lisi'] }]);
  });

  it('is updated by exactly one of many requests that share a code', async () => {
    const { id } = await sentCard(system());
    const answers = await Promise.all(Array.from({ length: 8 }, () => updateOf(system(), id)));
    const codes = answers.map(({ body, status }) => (status === 200 ? 'updated' : body.code)).sort();
    expect(codes).toEqual([...Array<string>(7).fill('card_code_used'), 'updated']);
  });

  it('keeps its code after a failure that certainly changed nothing, and loses it after an unclear one', async () => {
    const { sandbox } = system();
    const { id } = await sentCard(system());
    const match = { endpoint: 'message/update_template_card' };
    await sandbox.fault({ type: 'errcode', code: -1, message: 'system busy' }, match, 1);
    expect(await updateOf(system(), id)).toMatchObject({ status: 409, body: { code: 'provider_unavailable' } });
    await sandbox.fault({ type: 'reset', when: 'after' }, match, 1);
    expect(await updateOf(system(), id)).toMatchObject({ status: 409, body: { code: 'card_update_unclear' } });
    expect(await updateOf(system(), id)).toMatchObject({ status: 409, body: { code: 'card_code_used' } });
  });

  it('renews a token that the vendor ended, without losing the code', async () => {
    const { sandbox } = system();
    const { id } = await sentCard(system());
    await sandbox.revokeTokens('wwsandbox00000001:1000002');
    expect((await updateOf(system(), id)).status).toBe(200);
  });

  it('cannot be updated with an outdated code, by our clock or by the vendor’s', async () => {
    const { database, sandbox } = system();
    const [byVendor, byUs] = [await sentCard(system()), await sentCard(system())];
    await sandbox.advanceClock(3 * DAY_MS + 60_000);
    const refused = await updateOf(system(), byVendor.id);
    expect(refused).toMatchObject({ status: 409, body: { code: 'card_code_expired', provider: { code: '60140' } } });
    await database.query(`UPDATE delivery SET sent_at = sent_at - interval '73 h' WHERE message_id = $1`, [byUs.id]);
    const calls = await sandbox.count('/cgi-bin/message/update_template_card');
    expect(await updateOf(system(), byUs.id)).toMatchObject({ status: 409, body: { code: 'card_code_expired' } });
    expect(await sandbox.count('/cgi-bin/message/update_template_card')).toBe(calls);
  });

  it('refuses what is no update, names the fields, and belongs to its caller', async () => {
    const { api, given } = system();
    const { id } = await sentCard(system());
    const faulty = await updateOf(system(), id, { content: { kind: 'button', colour: 'red' } });
    expect(faulty.body.errors).toMatchObject([
      { pointer: '/content/colour', code: 'unknown_field' },
      { pointer: '/content/replace_name', code: 'missing_field' },
    ]);
    expect(await updateOf(system(), id, { content: { kind: 'news' } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/content/kind', code: 'unknown_kind' }] },
    });
    expect((await updateOf(system(), id, { content: closed('x', { task_id: 'again' }) })).body.errors).toMatchObject([
      { pointer: '/content/task_id' },
    ]);
    const stranger = await given.key();
    expect((await stranger.post(`/v1/messages/${id}/card`, GREY)).status).toBe(404);
    const plain = await api.sendAndSettle((await given.template('wecom-robot')).message(given.text('no card')));
    expect(await updateOf(system(), plain.id)).toMatchObject({ status: 409, body: { code: 'card_not_updatable' } });
    const later = await given.template('wecom-app', { content: CARD });
    const waiting = await api.send(later.message(given.text('later'), { recipients: ['lisi'], delaySeconds: 600 }));
    expect(await updateOf(system(), waiting.id)).toMatchObject({ status: 409, body: { code: 'card_not_sent' } });
  });

  it('of DingTalk shows its new status, as often as one likes', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('dingtalk-work', { content: OA });
    const text = given.text('claim');
    const { id } = await api.sendAndSettle(template.message(text, { recipients: ['manager01'] }));
    for (const status of ['Checked', 'Approved']) {
      const content = { kind: 'status_bar', status_value: status, status_bg: '0xFF78C06E' };
      expect(await updateOf(system(), id, { content })).toMatchObject({
        status: 200,
        body: { results: [{ status: 'updated' }] },
      });
      const [change] = (await sandbox.only(text)).changes.slice(-1);
      expect(change.statusBar).toEqual({ status_value: status, status_bg: '0xFF78C06E' });
    }
    const some = await updateOf(system(), id, {
      content: { kind: 'status_bar', status_value: 'x' },
      to: { users: ['manager01'] },
    });
    expect(some.body.errors).toMatchObject([{ pointer: '/to', code: 'recipient_not_supported' }]);
  });

  it('shows no code in logs or in the audit log', async () => {
    const { api, database, logs } = system();
    const { id } = await sentCard(system());
    await updateOf(system(), id);
    const code = String((await api.message(id)).deliveries[0].responseCode);
    expect(code).toMatch(/^rc-/);
    expect(logs.join('\n')).not.toContain(code);
    for (const table of ['delivery', 'attempt', 'event']) {
      const rows = await database.query(`SELECT * FROM ${table} WHERE message_id = $1`, [id]);
      expect(JSON.stringify(rows)).not.toContain(code);
    }
    const kept = await database.query('SELECT sealed FROM card_code WHERE message_id = $1', [id]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(code);
    const audit = await database.query('SELECT * FROM audit_log WHERE object = $1', [`message:${id}`]);
    expect(audit).toMatchObject([{ action: 'message.update_card' }]);
    expect(JSON.stringify(audit)).not.toContain(code);
  });
});

const closed = (desc: string, changes: JsonObject = {}): JsonObject => ({
  kind: 'template_card',
  card_type: 'button_interaction',
  main_title: { title: '请假审批', desc },
  button_list: [{ text: '同意', key: 'approve' }],
  ...changes,
});
