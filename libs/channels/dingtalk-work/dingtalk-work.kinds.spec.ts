import { describe, expect, it } from '@jest/globals';
import type { ClassOf, JsonObject } from '#libs/core';
import type { Addressee } from '../channel.js';
import { checkRendered, checkStructure, contentKindOf, type Content } from '../content.js';
import { makeDelivery } from '../testing/provider-call.fixture.js';
import { reversed } from '../testing/reversed.fixture.js';
import { ActionCardContent } from './contents/action-card.content.js';
import { WORK_CONTENTS } from './contents/index.js';
import { OaContent } from './contents/oa.content.js';
import { VoiceContent } from './contents/voice.content.js';
import { checkStatusBarAudience } from './dingtalk-work.audience.js';
import { DingtalkWorkHandler } from './dingtalk-work.handler.js';

const handler = new DingtalkWorkHandler();
const account = { appKey: 'dingdemokey01', appSecret: 'demo-secret-01', agentId: 1000000001 };
const people: Addressee[] = ['u_alice', 'u_bob'].map((id) => ({ type: 'user', id }));

const exampleOf = (kind: string): JsonObject => {
  const type = WORK_CONTENTS.find((candidate) => contentKindOf(candidate).kind === kind);
  return type ? contentKindOf(type).example : {};
};
const LUNCH = {
  title: 'Lunch poll',
  markdown: 'Where to eat?',
  btn_orientation: '1',
  btn_json_list: [
    { title: 'Noodles', action_url: 'https://poll.example.com/1' },
    { title: 'Rice', action_url: 'https://poll.example.com/2' },
  ],
};

describe('a work message', () => {
  it.each<[string, string]>([
    ['image', '{"media_id":"@lADPDemoImage01"}'],
    ['voice', '{"media_id":"@lATPDemoVoice01","duration":"10"}'],
    ['file', '{"media_id":"@lAzDemoFile01"}'],
    [
      'link',
      '{"messageUrl":"https://wiki.example.com/rota","picUrl":"@lADPDemoImage01","title":"On-call rota",' +
        '"text":"The rota for week 12 is out."}',
    ],
    [
      'oa',
      '{"message_url":"https://oa.example.com/m/55","pc_message_url":"https://oa.example.com/pc/55",' +
        '"head":{"bgcolor":"FFBBBBBB","text":"Expense"},' +
        '"status_bar":{"status_value":"Pending","status_bg":"0xFFF65E5E"},' +
        '"body":{"title":"Expense claim 55","form":[{"key":"Who:","value":"Alice"},' +
        '{"key":"Amount:","value":"320.00"},{"key":"Trip:","value":"Hangzhou"}],' +
        '"rich":{"num":"320.00","unit":"CNY"},"content":"Taxi and hotel, receipts attached.",' +
        '"image":"@lADPDemoImage01","file_count":"2","author":"Finance bot"}}',
    ],
    ['markdown', '{"title":"Deploy finished","text":"# Deploy finished  \\n - version **3.2**  \\n - took 4 min"}'],
    [
      'action_card',
      '{"title":"Contract to sign","markdown":"#### Contract 88\\n\\nSign before Friday.",' +
        '"single_title":"Sign now","single_url":"https://sign.example.com/88"}',
    ],
  ])('of kind %s is what the vendor shows, whatever the order of its template', (kind, body) => {
    const content = { ...reversed(exampleOf(kind)), kind };
    expect(JSON.stringify(handler.buildBody(makeDelivery({ content, addressees: people }), account))).toBe(
      `{"agent_id":1000000001,"userid_list":"u_alice,u_bob","msg":{"msgtype":"${kind}","${kind}":${body}}}`,
    );
  });

  it('with buttons for departments is what the vendor shows', () => {
    const content = { ...reversed(LUNCH), kind: 'action_card' };
    const addressees: Addressee[] = ['101', '102'].map((id) => ({ type: 'department', id }));
    expect(JSON.stringify(handler.buildBody(makeDelivery({ content, addressees }), account))).toBe(
      '{"agent_id":1000000001,"dept_id_list":"101,102","msg":{"msgtype":"action_card","action_card":' +
        '{"title":"Lunch poll","markdown":"Where to eat?","btn_orientation":"1","btn_json_list":[' +
        '{"title":"Noodles","action_url":"https://poll.example.com/1"},' +
        '{"title":"Rice","action_url":"https://poll.example.com/2"}]}}}',
    );
  });
});

describe('a limit of work messages', () => {
  const card = { title: 'a', markdown: 'b', single_title: 'c', single_url: 'https://d.cn' };
  const button = { title: 'a', action_url: 'https://b.cn' };
  const head = { bgcolor: 'FFBBBBBB', text: 'a' };

  it.each<[string, ClassOf<object>, JsonObject, string]>([
    ['a title of 65 characters', ActionCardContent, { ...card, title: '标'.repeat(65) }, '/title'],
    ['a button of 21 characters', ActionCardContent, { ...card, single_title: '😀'.repeat(21) }, '/single_title'],
    ['an address of 501 characters', ActionCardContent, { ...card, single_url: 'a'.repeat(501) }, '/single_url'],
    ['a text of 5,001 characters', ActionCardContent, { ...card, markdown: 'a'.repeat(5_001) }, '/markdown'],
    [
      'buttons of more than 1,000 characters in all',
      ActionCardContent,
      { ...LUNCH, btn_json_list: Array.from({ length: 30 }, () => button) },
      '/btn_json_list',
    ],
    ['a voice of 60 seconds', VoiceContent, { media_id: '@a', duration: '60' }, '/duration'],
    ['a voice without media', VoiceContent, { duration: '1' }, '/media_id'],
    ['a colour with 0x', OaContent, { message_url: 'a', head: { ...head, bgcolor: '0xFFBBBBBB' } }, '/head/bgcolor'],
    [
      'a status colour without 0x',
      OaContent,
      { message_url: 'a', head, status_bar: { status_value: 'a', status_bg: 'FFF65E5E' } },
      '/status_bar/status_bg',
    ],
    [
      'a number as attachment count',
      OaContent,
      { message_url: 'a', head, body: { file_count: 2 } },
      '/body/file_count',
    ],
  ])('refuses %s', (_name, type, body, pointer) => {
    expect(checkRendered(type, body, []).map((fault) => fault.pointer)).toEqual([pointer]);
  });

  it('counts the buttons of a template without its placeholders, which may turn out to be empty', () => {
    const placeholders = Array.from({ length: 5 }, () => ({ title: `{{${'n'.repeat(64)}}}`, action_url: '{{u}}' }));
    const body = { ...LUNCH, btn_json_list: Array.from({ length: 3 }, () => placeholders).flat() };
    expect(checkStructure(ActionCardContent, body, [])).toEqual([]);
  });
});

describe('a status bar', () => {
  const oa: Content = { ...exampleOf('oa'), kind: 'oa' };
  const users = (count: number): Addressee[] =>
    Array.from({ length: count }, (_, n) => ({ type: 'user', id: `u${n}` }));

  it('goes to five people and no more', () => {
    expect(checkStatusBarAudience(oa, users(5))).toEqual([]);
    expect(checkStatusBarAudience(oa, users(6))).toMatchObject([
      { pointer: '/recipients', code: 'too_many_recipients', limit: 5, actual: 6 },
    ]);
  });

  it.each(['department', 'all'] as const)('does not go to %s', (type) => {
    expect(checkStatusBarAudience(oa, [{ type }])).toMatchObject([{ code: 'recipient_unreachable' }]);
  });

  it('limits no message that has none', () => {
    const { status_bar: _bar, ...plain } = exampleOf('oa');
    expect(checkStatusBarAudience({ ...plain, kind: 'oa' }, users(100))).toEqual([]);
    expect(checkStatusBarAudience({ kind: 'text', content: 'a' }, users(100))).toEqual([]);
  });
});
