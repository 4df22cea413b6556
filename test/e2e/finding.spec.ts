import { expect, it } from '@jest/globals';
import type { AnswerBody } from './api-client.js';
import { quietNow } from './given.js';
import { onEachBackend } from './system.js';

const idsOf = (list: AnswerBody[]): string[] => list.map(({ id }) => id);

onEachBackend('messages', (system) => {
  it('are found by what is known of them', async () => {
    const { api, given } = system();
    const [app, robot] = [await given.template('wecom-app'), await given.template('wecom-robot')];
    const businessKey = given.code('order');
    const toPerson = await api.sendAndSettle(app.message(given.text('find'), { recipients: ['zhaoliu'], businessKey }));
    const toGroup = await api.sendAndSettle(robot.message(given.text('find')));
    const toNobody = await api.sendAndSettle(app.message(given.text('find'), { recipients: [{ wecom: 'ghost1' }] }));
    const [{ providerMsgId }] = toPerson.deliveries;

    const cases: Readonly<Record<string, readonly AnswerBody[]>> = {
      [`ids=${toPerson.id},${toGroup.id}`]: [toGroup, toPerson],
      [`template=${app.code}`]: [toNobody, toPerson],
      [`template=${app.code}&status=sent`]: [toPerson],
      [`template=${app.code}&status=failed`]: [toNobody],
      [`template=${app.code}&reason=${toNobody.reason}`]: [toNobody],
      [`account=${robot.account}&channel=wecom-robot`]: [toGroup],
      [`account=${robot.account}&channel=wecom-app`]: [],
      [`businessKey=${businessKey}`]: [toPerson],
      [`providerMsgId=${providerMsgId}`]: [toPerson],
      [`template=${app.code}&recipient=user:zhaoliu`]: [toPerson],
      [`template=${app.code}&createdAfter=${toNobody.createdAt}`]: [toNobody],
      [`template=${app.code}&createdBefore=${toNobody.createdAt}`]: [toPerson],
    };
    for (const [query, expected] of Object.entries(cases)) {
      expect({ query, ids: idsOf(await api.list(`/v1/messages?${query}`)) }).toEqual({
        query,
        ids: idsOf([...expected]),
      });
    }
  });

  it('are paged newest first, and a page stays what it is while new ones arrive', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-robot');
    const sent: string[] = [];
    for (let count = 0; count < 5; count += 1) sent.push((await api.send(template.message(given.text('page')))).id);
    const path = `/v1/messages?template=${template.code}&limit=2`;
    const first = await api.read(path);
    await api.send(template.message(given.text('page')));
    const second = await api.read(`${path}&cursor=${first.nextCursor}`);
    const third = await api.read(`${path}&cursor=${second.nextCursor}`);
    expect([...idsOf(first.data), ...idsOf(second.data), ...idsOf(third.data)]).toEqual(sent.reverse());
    expect(third.nextCursor).toBeNull();
    expect((await api.get(`${path}&cursor=${first.nextCursor}x`)).status).toBe(400);
  });

  it('of a batch are accepted each on its own, and repeated as a whole under one key', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const businessKey = given.code('batch');
    const [first, second, conflict] = [given.text('batch'), given.text('batch'), given.text('batch')];
    const messages = [
      template.message(first, { recipients: ['zhangsan'] }),
      { template: 'no-such-template', recipients: ['zhangsan'] },
      template.message(second, { recipients: ['lisi'], businessKey }),
      template.message(second, { recipients: ['lisi'], businessKey }),
      template.message(conflict, { recipients: ['lisi'], businessKey }),
      'not a message',
    ];
    const headers = { 'idempotency-key': given.code('batch-key') };
    const answer = await api.post('/v1/messages/batch', { messages }, headers);
    expect(answer.status).toBe(200);
    const { batchId, results } = answer.body;
    expect(results.map(({ index, status }: AnswerBody) => [index, status])).toEqual([
      [0, 202],
      [1, 422],
      [2, 202],
      [3, 200],
      [4, 409],
      [5, 422],
    ]);
    expect(results[1].problem).toMatchObject({ code: 'unknown_template', errors: [{ pointer: '/template' }] });
    expect(results[3].message).toMatchObject({ id: results[2].message.id, duplicate: true });
    expect(results[4].problem).toMatchObject({
      code: 'business_key_conflict',
      detail: expect.stringContaining(results[2].message.id),
    });

    const again = await api.post('/v1/messages/batch', { messages }, headers);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toMatchObject({
      batchId,
      results: [{ status: 202, message: { id: results[0].message.id } }, {}, {}, {}, {}, {}],
    });
    for (const index of [0, 2]) await api.settled(results[index].message.id);
    expect(idsOf(await api.list(`/v1/messages?batchId=${batchId}`)).sort()).toEqual(
      [results[0].message.id, results[2].message.id].sort(),
    );
    expect([await sandbox.inbox(first), await sandbox.inbox(second)]).toEqual([
      [expect.anything()],
      [expect.anything()],
    ]);
    expect(await sandbox.inbox(conflict)).toEqual([]);
  });

  it('are only computed on a dry run', async () => {
    const { api, given, sandbox } = system();
    const quietHours = quietNow();
    const template = await given.template('wecom-app', {
      content: { kind: 'text', content: '你好 {{text}}' },
      quietHours,
    });
    const [rows, calls] = [await system().rows('message'), await sandbox.total()];
    const recipients = [...Array.from({ length: 1001 }, (_, n) => ({ wecom: `u${n}` })), { department: '12' }];
    const answer = await api.post('/v1/messages?dryRun=true', template.message('dry', { recipients }), {
      'idempotency-key': given.code('dry'),
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      recipientCount: 1002,
      providerCalls: 3,
      contents: [{ routeNo: 1, channel: 'wecom-app', content: { kind: 'text', content: '你好 dry' } }],
      quietUntil: expect.stringContaining(`T${quietHours.to}:00.000Z`),
    });
    expect(answer.body.deliveries.map((delivery: AnswerBody) => delivery.recipients.length)).toEqual([1000, 1, 1]);
    expect([await system().rows('message'), await sandbox.total()]).toEqual([rows, calls]);
  });

  it('on a dry run name the people who have had the content already', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app');
    const text = given.text('had');
    await api.sendAndSettle(template.message(text, { recipients: ['zhangsan'] }));
    const { body } = await api.post(
      '/v1/messages?dryRun=true',
      template.message(text, { recipients: ['zhangsan', 'lisi'] }),
    );
    expect(body.deliveries).toMatchObject([
      { recipients: ['user:zhangsan', 'user:lisi'], duplicates: ['user:zhangsan'] },
    ]);
  });
});
