import { describe, expect, it } from '@jest/globals';
import { AmbiguousDeliveryError, PermanentDeliveryError } from '#libs/core';
import type { CardUpdate } from '../card-update.js';
import { bodyOf, checkRendered, contentKindOf, examplesOf, type Content } from '../content.js';
import { makeCall, TEST_TOKEN } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer, sentJson } from '../testing/scripted-provider-http.js';
import { wecomCards } from './card-update.js';
import { CardReplacement } from './updates/index.js';

const account = { corpId: 'ww1a2b3c4d5e6f7a8b', corpSecret: 's3cr3t-of-app-1000012', agentId: 1000012 };
const BUTTON: Content = { kind: 'button', replace_name: '已处理' };
const VOTE: Content = {
  kind: 'template_card',
  replace_text: '已结束',
  card_type: 'vote_interaction',
  main_title: { title: '团建去哪里', desc: '投票已结束' },
  checkbox: {
    question_key: 'place',
    disable: true,
    mode: 1,
    option_list: [{ id: 'hike', text: '登山', is_checked: false }],
  },
};

async function sent(update: CardUpdate, reply = answer({ errcode: 0, errmsg: 'ok', invaliduser: [] })) {
  const http = new ScriptedProviderHttp(reply);
  const result = await wecomCards.update(makeCall(account, http), update);
  return { result, url: http.requests[0]?.url, body: sentJson(http.requests[0]) };
}

describe('an update of a template card', () => {
  it('greys the button for everybody, as the example of doc 94888', async () => {
    const { body, result, url } = await sent({ content: BUTTON, code: 'rc-button-0001' });
    expect(url).toContain(`/cgi-bin/message/update_template_card?access_token=${TEST_TOKEN}`);
    expect(body).toEqual({
      atall: 1,
      agentid: 1000012,
      response_code: 'rc-button-0001',
      button: { replace_name: '已处理' },
    });
    expect(result).toEqual({ refused: [] });
  });

  it('puts another card in its place, for some people, and names those who have none', async () => {
    const audience = { users: ['chenwei', 'ghost01'], departments: ['12'], tags: [] };
    const reply = answer({ errcode: 0, errmsg: 'ok', invaliduser: ['ghost01', 7] });
    const { body, result } = await sent({ content: VOTE, code: 'rc-vote-0001', audience }, reply);
    const { kind: _kind, ...card } = VOTE;
    expect(body).toEqual({
      userids: ['chenwei', 'ghost01'],
      partyids: [12],
      agentid: 1000012,
      response_code: 'rc-vote-0001',
      template_card: card,
    });
    expect(result).toEqual({ refused: ['ghost01'] });
  });

  it('with a used code is refused, and tells the code to nobody', async () => {
    const reply = answer({
      errcode: 60140,
      errmsg: 'invalid response_code rc-secret, hint: [1], from ip: 203.0.113.7',
    });
    const failure = await sent({ content: BUTTON, code: 'rc-secret' }, reply).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PermanentDeliveryError);
    expect(failure).toMatchObject({ reason: 'card_code_expired', provider: { code: '60140' } });
    expect(JSON.stringify(failure)).not.toContain('rc-secret');
  });

  it('that is answered without a code may have happened', async () => {
    await expect(sent({ content: BUTTON, code: 'x' }, answer({ raw: '<html>' }))).rejects.toThrow(
      AmbiguousDeliveryError,
    );
  });

  it('suits cards that call back, and grey buttons only those that have one', () => {
    const card = (changes: object): Content => ({ kind: 'template_card', ...changes });
    const menu = card({ card_type: 'text_notice', action_menu: { action_list: [] } });
    expect(wecomCards.canUpdate(card({ card_type: 'vote_interaction' }), BUTTON)).toBe(true);
    expect(wecomCards.canUpdate(menu, VOTE)).toBe(true);
    expect(wecomCards.canUpdate(menu, BUTTON)).toBe(false);
    expect(wecomCards.canUpdate(card({ card_type: 'text_notice' }), VOTE)).toBe(false);
    expect(wecomCards.canUpdate({ kind: 'text' }, VOTE)).toBe(false);
  });

  const examples = wecomCards.contents.flatMap((type) => examplesOf(type).map((example) => ({ type, example })));

  it.each(examples)('has valid examples: $example', ({ example, type }) => {
    expect(checkRendered(type, example, [])).toEqual([]);
    expect(contentKindOf(type).label.zh).not.toBe('');
  });

  it('keeps its task id, may close its questions, and may go without a submit button', () => {
    const faults = (changes: object): string[] =>
      checkRendered(CardReplacement, { ...bodyOf(VOTE), ...changes }, []).map(
        ({ code, pointer }) => `${pointer} ${code}`,
      );
    expect(faults({})).toEqual([]);
    expect(faults({ submit_button: { text: '提交', key: 'again' } })).toEqual([]);
    expect(faults({ task_id: 'vote-2026-09' })).toEqual(['/task_id invalid_value']);
    expect(faults({ checkbox: { question_key: 'place', disable: 'yes', option_list: [] } })).toEqual(
      expect.arrayContaining(['/checkbox/disable wrong_type', '/checkbox/option_list too_few_items']),
    );
  });
});
