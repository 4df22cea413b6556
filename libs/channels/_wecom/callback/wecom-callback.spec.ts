import { describe, expect, it } from '@jest/globals';
import { CallbackEnvelope } from '../../callback-envelope.js';
import type { CallbackRequest, ReceivedCallback } from '../../callback.js';
import { wecomCallback } from './wecom-callback.js';

const ACCOUNT = {
  corpId: 'ww1a2b3c4d5e6f7a8b',
  callbackToken: 'Dispatch2026Tok',
  callbackAesKey: 'N3vqT8yLr0KfZ2bXcJ6hWm9sPdGuEa4QiRtY1oVxBzA',
};
const SECONDS = '1760000000';
const NOW = new Date(1_760_000_000_000);
const envelope = new CallbackEnvelope({
  token: ACCOUNT.callbackToken,
  aesKey: ACCOUNT.callbackAesKey,
  owner: ACCOUNT.corpId,
});

const CLICK = `<xml>
  <ToUserName><![CDATA[ww1a2b3c4d5e6f7a8b]]></ToUserName>
  <FromUserName><![CDATA[liu.fang]]></FromUserName>
  <CreateTime>1760000100</CreateTime>
  <MsgType><![CDATA[event]]></MsgType>
  <Event><![CDATA[template_card_event]]></Event>
  <EventKey><![CDATA[approve:8842]]></EventKey>
  <TaskId><![CDATA[leave_8842@2026]]></TaskId>
  <CardType><![CDATA[button_interaction]]></CardType>
  <ResponseCode><![CDATA[rc-click-7781]]></ResponseCode>
  <AgentID>1000012</AgentID>
  <SelectedItems>
    <SelectedItem>
      <QuestionKey><![CDATA[handover]]></QuestionKey>
      <OptionIds><OptionId><![CDATA[u2]]></OptionId></OptionIds>
    </SelectedItem>
  </SelectedItems>
</xml>`;

function query(encrypted: string, changes: Record<string, string> = {}): Record<string, string> {
  const parts = { timestamp: SECONDS, nonce: 'n0nce-77', encrypted };
  return { msg_signature: envelope.sign(parts), timestamp: parts.timestamp, nonce: parts.nonce, ...changes };
}

function request(document: string, changes: Partial<CallbackRequest> = {}): CallbackRequest {
  const encrypted = envelope.encrypt(document);
  const body = Buffer.from(`<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`);
  return { method: 'POST', query: query(encrypted), body, now: NOW, ...changes };
}

const receive = (from: CallbackRequest): ReceivedCallback => wecomCallback.receive(ACCOUNT, from);
const refusal = (fault: string): unknown => expect.objectContaining({ code: 'callback_refused', fault });

describe('a callback of WeCom', () => {
  it('that checks the address gets the text back, also with plus signs that came as blanks', () => {
    const encrypted = 'xnVf5RkKHtNV1lLl28E4VxP4n/ISYjS5RicRQzip6T0ONe9tgpH1FqPO7brpDpgbkMYGgr75OU6+wwF+5toACA==';
    for (const echostr of [encrypted, encrypted.replaceAll('+', ' ')]) {
      const check = {
        method: 'GET',
        body: Buffer.alloc(0),
        now: NOW,
        query: { ...query(encrypted), echostr },
      } as const;
      expect(receive(check)).toEqual({
        reply: { contentType: 'text/plain; charset=utf-8', body: '8812345678901234567' },
        events: [],
      });
    }
  });

  it('does not open an event for somebody who sends it as a check of the address', () => {
    const encrypted = envelope.encrypt(CLICK);
    const check = {
      method: 'GET',
      body: Buffer.alloc(0),
      now: NOW,
      query: { ...query(encrypted), echostr: encrypted },
    } as const;
    expect(() => receive(check)).toThrow(refusal('malformed'));
  });

  it('about a click tells who pressed what, with what selected, and the new code', () => {
    const { events, reply } = receive(request(CLICK));
    expect(reply.body).toBe('success');
    expect(events).toEqual([
      {
        type: 'template_card_event',
        identity: expect.any(String),
        user: 'liu.fang',
        happenedAt: new Date(1_760_000_100_000),
        details: {
          agentId: '1000012',
          key: 'approve:8842',
          taskId: 'leave_8842@2026',
          cardType: 'button_interaction',
        },
        click: {
          cardId: 'leave_8842@2026',
          key: 'approve:8842',
          selections: [{ question: 'handover', options: ['u2'] }],
          code: 'rc-click-7781',
        },
      },
    ]);
    expect(JSON.stringify(events[0]?.details)).not.toContain('rc-click');
  });

  it('takes several selections, and entries of menus', () => {
    const several = CLICK.replace('</OptionIds>', '<OptionId>u3</OptionId></OptionIds>').replace(
      '</SelectedItem>',
      '</SelectedItem><SelectedItem><QuestionKey>q2</QuestionKey><OptionIds><OptionId>7</OptionId></OptionIds></SelectedItem>',
    );
    expect(receive(request(several)).events[0]?.click?.selections).toEqual([
      { question: 'handover', options: ['u2', 'u3'] },
      { question: 'q2', options: ['7'] },
    ]);
    const menu = CLICK.replace('template_card_event', 'template_card_menu_event');
    expect(receive(request(menu)).events[0]).toMatchObject({
      type: 'template_card_menu_event',
      click: { key: 'approve:8842' },
    });
  });

  it('about something else is an event without a click, and keeps nothing that people wrote', () => {
    const text = `<xml><FromUserName>zhangsan</FromUserName><CreateTime>1760000100</CreateTime>
      <MsgType>text</MsgType><Content>my secret</Content><MsgId>4561255354251345929</MsgId></xml>`;
    const [event] = receive(request(text)).events;
    expect(event).toMatchObject({ type: 'message.text', user: 'zhangsan' });
    expect(event).not.toHaveProperty('click');
    expect(JSON.stringify(event)).not.toContain('my secret');
  });

  it('tells two clicks of one second apart, and repetitions not', () => {
    const identity = (document: string): string | undefined => receive(request(document)).events[0]?.identity;
    expect(identity(CLICK)).toBe(identity(CLICK));
    expect(identity(CLICK)).not.toBe(identity(CLICK.replace('rc-click-7781', 'rc-click-7782')));
  });

  it('tells changes of two departments or two tags of one second apart', () => {
    const change = (type: string, element: string): string =>
      `<xml><FromUserName>sys</FromUserName><CreateTime>1760000100</CreateTime><MsgType>event</MsgType>
       <Event>change_contact</Event><ChangeType>${type}</ChangeType>${element}</xml>`;
    const eventOf = (type: string, element: string) => receive(request(change(type, element))).events[0];
    const [two, three] = ['<Id>2</Id>', '<Id>3</Id>'].map((element) => eventOf('delete_party', element));
    expect(two?.identity).not.toBe(three?.identity);
    expect(two?.details).toEqual({ changeType: 'delete_party', id: '2' });
    const [one, nine] = ['1', '9'].map((tag) => eventOf('update_tag', `<TagId>${tag}</TagId>`));
    expect(one?.identity).not.toBe(nine?.identity);
    expect(nine?.details).toEqual({ changeType: 'update_tag', tagId: '9' });
  });

  it('takes what looks like a declaration inside a text as text', () => {
    const { events } = receive(request(CLICK.replace('[approve:8842]', '[<!DOCTYPE approve> <!-- 8842]')));
    expect(events[0]?.click?.key).toBe('<!DOCTYPE approve> <!-- 8842');
  });

  it('is refused when it is altered, foreign or old', () => {
    const good = request(CLICK);
    const flipped = Buffer.from(good.body);
    flipped[90] = (flipped[90] ?? 0) ^ 1;
    expect(() => receive({ ...good, body: flipped })).toThrow(expect.objectContaining({ code: 'callback_refused' }));
    expect(() => receive({ ...good, query: { ...good.query, msg_signature: 'x' } })).toThrow(refusal('bad_signature'));
    expect(() => receive({ ...good, now: new Date(NOW.getTime() + 301_000) })).toThrow(refusal('stale'));
    expect(() => wecomCallback.receive({ ...ACCOUNT, corpId: 'wwother' }, good)).toThrow(refusal('foreign_owner'));
    expect(() => wecomCallback.receive({ corpId: ACCOUNT.corpId }, good)).toThrow(refusal('not_configured'));
    expect(() => receive({ ...good, query: {} })).toThrow(refusal('malformed'));
  });

  const LAUGHS = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>`;

  it.each([
    ['entities before the signature is checked', `${LAUGHS}<xml><Encrypt>&lol2;</Encrypt></xml>`],
    ['an external entity', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>'],
    [
      'a declaration behind a section that a comment pretends',
      '<!-- <![CDATA[ --><!DOCTYPE x [<!ENTITY e "x">]><!-- ]]> --><xml><Encrypt>&e;</Encrypt></xml>',
    ],
    ['a section without an end', '<xml><Encrypt><![CDATA[abc</Encrypt></xml>'],
    ['elements nested a hundred thousand deep', '<a>'.repeat(100_000)],
    ['no XML at all', '{"encrypt":"x"}'],
    ['nothing', ''],
    ['half a document', '<xml><Encrypt>abc'],
  ])('with %s is refused unread', (_, body) => {
    expect(() => receive(request(CLICK, { body: Buffer.from(body) }))).toThrow(refusal('malformed'));
  });

  it('leaves entities in signed documents as they are', () => {
    const { events } = receive(request(CLICK.replace('<![CDATA[approve:8842]]>', '&lt;approve&#65;&gt;')));
    expect(events[0]?.click?.key).toBe('&lt;approve&#65;&gt;');
    expect(() => receive(request(`${LAUGHS}${CLICK}`))).toThrow(refusal('malformed'));
  });
});
