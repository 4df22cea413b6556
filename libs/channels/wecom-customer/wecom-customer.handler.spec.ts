import { describe, expect, it } from '@jest/globals';
import { AmbiguousDeliveryError, PermanentDeliveryError, type JsonObject } from '#libs/core';
import type { Addressee } from '../channel.js';
import { checkRendered, contentKindOf, type Content } from '../content.js';
import { makeCall, makeDelivery, TEST_NOW } from '../testing/provider-call.fixture.js';
import { reversed } from '../testing/reversed.fixture.js';
import { ScriptedProviderHttp, answer, sentJson } from '../testing/scripted-provider-http.js';
import { WECOM_CUSTOMER_CONTENTS } from './contents/index.js';
import { WecomCustomerHandler } from './wecom-customer.handler.js';

const account = { corpId: 'ww1a2b3c4d5e6f7a8b', corpSecret: 's3cr3t-of-app-1000012' };
const handler = new WecomCustomerHandler();

const customer = (id: string): Addressee => ({ type: 'user', id });
const tag = (id: string): Addressee => ({ type: 'tag', id });
const TWO = [customer('wmAbCd0001'), customer('wmAbCd0002')];

const bodyText = (content: Content, addressees: readonly Addressee[], sender?: string): string =>
  JSON.stringify(
    handler.buildBody(makeDelivery({ content, addressees }), { ...account, ...(sender !== undefined && { sender }) }),
  );

const exampleOf = (kind: string): Content => {
  const type = WECOM_CUSTOMER_CONTENTS.find((candidate) => contentKindOf(candidate).kind === kind);
  if (!type) throw new TypeError(`There is no kind ${kind}`);
  return { ...reversed(contentKindOf(type).example), kind };
};

describe('the body of a message to customers', () => {
  it("is byte for byte the vendor's example, however the template was stored", () => {
    expect(bodyText(exampleOf('text'), TWO, 'liu.fang')).toBe(
      '{"chat_type":"single","external_userid":["wmAbCd0001","wmAbCd0002"],"sender":"liu.fang",' +
        '"text":{"content":"您好，九月账单已出。"},"attachments":[' +
        '{"msgtype":"link","link":{"title":"九月账单","desc":"点击查看","url":"https://bill.example.com/202609",' +
        '"picurl":"https://static.example.com/bill.png"}},' +
        '{"msgtype":"image","image":{"media_id":"3Img-7hK2p_Qw91"}}]}',
    );
  });

  it.each([
    ['image', '{"media_id":"3Img-7hK2p_Qw91"}'],
    [
      'miniprogram',
      '{"title":"自助查询","pic_media_id":"3Img-7hK2p_Qw91","appid":"wx0f1e2d3c4b5a6978","page":"/pages/index"}',
    ],
    ['video', '{"media_id":"3Vid-55cXz9"}'],
    ['file', '{"media_id":"3Fil-93Tr0b"}'],
    [
      'link',
      '{"title":"九月账单","desc":"点击查看","url":"https://bill.example.com/202609",' +
        '"picurl":"https://static.example.com/bill.png"}',
    ],
  ])('of the kind %s has it as its only attachment, and no text', (kind, fields) => {
    expect(bodyText(exampleOf(kind), [customer('wmAbCd0001')])).toBe(
      `{"chat_type":"single","external_userid":["wmAbCd0001"],"attachments":[{"msgtype":"${kind}","${kind}":${fields}}]}`,
    );
  });

  it('goes to whoever bears any of the tags', () => {
    expect(bodyText({ kind: 'text', content: 'x' }, [tag('etVip'), tag('etTrial')], 'liu.fang')).toBe(
      '{"chat_type":"single","tag_filter":{"group_list":[{"tag_list":["etVip","etTrial"]}]},"sender":"liu.fang",' +
        '"text":{"content":"x"}}',
    );
  });

  it('never names customers and tags together, since the vendor would ignore the tags', () => {
    expect(() => bodyText({ kind: 'text', content: 'x' }, [customer('wmA'), tag('etVip')])).toThrow(
      PermanentDeliveryError,
    );
  });
});

describe('a content', () => {
  const faultsOf = (kind: string, body: JsonObject): readonly string[] => {
    const type = WECOM_CUSTOMER_CONTENTS.find((candidate) => contentKindOf(candidate).kind === kind);
    return type ? checkRendered(type, body, []).map(({ code, pointer }) => `${pointer} ${code}`) : ['no such kind'];
  };

  it.each<[string, string, JsonObject, readonly string[]]>([
    ['4000 bytes of text', 'text', { content: 'x'.repeat(4_000) }, []],
    ['more than 4000 bytes', 'text', { content: '长'.repeat(1_334) }, ['/content content_too_long']],
    [
      'an attachment without its object',
      'text',
      { content: 'x', attachments: [{ msgtype: 'link' }] },
      ['/attachments/0/link missing_field'],
    ],
    ['a picture of nothing', 'image', {}, ['/media_id missing_field']],
    ['a picture by address', 'image', { pic_url: 'https://p.qpic.example.com/1' }, []],
    ['a link that leads nowhere', 'link', { title: 'x', url: 'ftp://x' }, ['/url invalid_value']],
  ])('with %s is judged at once', (_what, kind, body, faults) => {
    expect(faultsOf(kind, body)).toEqual(faults);
  });

  it('takes nine attachments and not ten', () => {
    const attachments = (count: number): JsonObject[] =>
      Array.from({ length: count }, () => ({ msgtype: 'file', file: { media_id: '3Fil-93Tr0b' } }));
    expect(faultsOf('text', { content: 'x', attachments: attachments(9) })).toEqual([]);
    expect(faultsOf('text', { content: 'x', attachments: attachments(10) })).toHaveLength(1);
  });
});

const ok = (fields: JsonObject = {}) => answer({ errcode: 0, errmsg: 'ok', ...fields });
const task = (...statuses: readonly (0 | 2)[]) =>
  ok({ task_list: statuses.map((status, index) => ({ userid: `member${index + 1}`, status })), next_cursor: '' });
const results = (list: readonly JsonObject[], cursor = '') => ok({ send_list: [...list], next_cursor: cursor });
const sent = { providerMsgId: 'msgGrp-0001', sentAt: TEST_NOW };

describe('the results of a task', () => {
  const ask = async (addressees: readonly Addressee[], ...script: ReturnType<typeof answer>[]) => {
    const http = new ScriptedProviderHttp(...script);
    const receipts = await handler.fetchReceipts(makeCall(account, http), { ...sent, addressees });
    return { http, receipts };
  };

  it('are asked of each member who has confirmed, page by page', async () => {
    const { http, receipts } = await ask(
      TWO,
      task(2, 0),
      results([{ external_userid: 'wmAbCd0001', status: 1 }], 'c-2'),
      results([{ external_userid: 'wmAbCd0002', status: 2 }]),
    );
    expect(http.requests.map((request) => sentJson(request))).toEqual([
      { msgid: 'msgGrp-0001', limit: 1_000, cursor: '' },
      { msgid: 'msgGrp-0001', userid: 'member1', limit: 1_000, cursor: '' },
      { msgid: 'msgGrp-0001', userid: 'member1', limit: 1_000, cursor: 'c-2' },
    ]);
    expect(receipts).toEqual({
      done: false,
      recipients: [
        { addressee: TWO[0], state: 'delivered' },
        { addressee: TWO[1], state: 'refused', reason: 'customer_unreachable', providerCode: 'status_2' },
      ],
    });
  });

  it('are all told once every member has confirmed', async () => {
    const { receipts } = await ask(TWO, task(2), results([{ external_userid: 'wmAbCd0001', status: 3 }]));
    expect(receipts).toMatchObject({ done: true, recipients: [{ state: 'limited', reason: 'over_vendor_limit' }] });
  });

  it('of a customer whom one member reached and another did not say reached', async () => {
    const { receipts } = await ask(
      [customer('wmA')],
      task(2, 2),
      results([{ external_userid: 'wmA', status: 1 }]),
      results([{ external_userid: 'wmA', status: 2 }]),
    );
    expect(receipts.recipients).toMatchObject([{ state: 'delivered' }]);
  });

  it('of tags say that the audience was reached, or that nobody was', async () => {
    const tags = [tag('etVip'), tag('etTrial')];
    const reached = await ask(tags, task(2, 0), results([{ external_userid: 'wmA', status: 1 }]));
    expect(reached.receipts.recipients).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }]);
    const missed = await ask(tags, task(2), results([{ external_userid: 'wmA', status: 2 }]));
    expect(missed.receipts.recipients).toMatchObject([
      { state: 'failed', reason: 'not_delivered' },
      { state: 'failed' },
    ]);
    const open = await ask(tags, task(2, 0), results([{ external_userid: 'wmA', status: 2 }]));
    expect(open.receipts).toEqual({ done: false, recipients: [] });
  });

  it('of more members than one question asks about are told in turns, and never called complete', async () => {
    const many = task(...Array.from({ length: 30 }, () => 2 as const));
    const { http, receipts } = await ask(TWO, many, ...Array.from({ length: 19 }, () => results([])));
    expect(http.requests).toHaveLength(20);
    expect(receipts.done).toBe(false);
  });
});

describe('a recall', () => {
  const recall = async (...script: ReturnType<typeof answer>[]) => {
    const http = new ScriptedProviderHttp(...script);
    return handler.recall(makeCall(account, http), { ...sent, addressees: TWO });
  };

  it('stops the task, and tells who has the message already', async () => {
    const had = results([
      { external_userid: 'wmAbCd0001', status: 1 },
      { external_userid: 'wmAbCd0002', status: 2 },
    ]);
    await expect(recall(ok(), task(2, 0), had)).resolves.toEqual({ kept: [TWO[0]] });
  });

  it('of a task that was stopped before asks only who has it', async () => {
    await expect(recall(answer({ errcode: 41093, errmsg: 'cancelled' }), task(0))).resolves.toEqual({ kept: [] });
  });

  it('claims nothing where the vendor does not tell whom the task had reached', async () => {
    await expect(recall(ok(), answer({ errcode: 41093, errmsg: 'cancelled' }))).rejects.toThrow(AmbiguousDeliveryError);
  });

  it('of a task that is not the account’s is refused', async () => {
    await expect(recall(answer({ errcode: 41047, errmsg: 'x' }))).rejects.toMatchObject({ reason: 'recall_rejected' });
  });
});
