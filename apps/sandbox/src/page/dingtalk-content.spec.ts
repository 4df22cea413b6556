import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { DINGTALK, appRobotContent } from './dingtalk-content.js';

const draw = (kind: string, content: JsonObject): string => DINGTALK[kind]?.(content).text ?? '';

describe('a DingTalk message on the page', () => {
  it('shows the buttons of a card below or beside each other', () => {
    const btns = [
      { title: 'Agree', actionURL: 'https://a.cn' },
      { title: 'Refuse', actionURL: 'https://b.cn' },
    ];
    const upright = draw('actionCard', { text: '#### Leave', btns });
    expect(upright).toContain('<div class="h4">Leave</div>');
    expect(upright).toMatch(/class="buttons upright".*Agree.*Refuse/s);
    expect(draw('actionCard', { text: 'a', btns, btnOrientation: '1' })).toContain('class="buttons"');
  });

  it('shows a numbered card of an app robot like any other', () => {
    const content = appRobotContent({ msgParam: '{"text":"zone","actionTitle1":"a","actionURL1":"https://x.cn"}' });
    expect(draw('sampleActionCard2', content ?? {})).toMatch(/zone.*buttons upright.*title="https:\/\/x\.cn">a</s);
    expect(appRobotContent({ msgParam: 'no JSON' })).toBeUndefined();
  });

  it('shows at most six entries of a form', () => {
    const form = Array.from({ length: 7 }, (_, n) => ({ key: `key${n}`, value: 'v' }));
    const shown = draw('oa', { head: { text: 'Expense' }, body: { title: 'Claim 55', form } });
    expect(shown).toContain('Claim 55');
    expect(shown).toContain('key5');
    expect(shown).not.toContain('key6');
  });

  it('never turns a message into markup', () => {
    for (const [kind, drawKind] of Object.entries(DINGTALK)) {
      const evil = '<img src=x onerror=alert(1)>';
      const fields = ['content', 'title', 'text', 'markdown', 'singleTitle', 'single_title', 'media_id', 'photoURL'];
      const content = Object.fromEntries(fields.map((field) => [field, evil]));
      const links = [{ title: evil, picURL: evil }];
      expect([kind, drawKind({ ...content, links, body: { content: evil } }).text.includes('<img')]).toEqual([
        kind,
        false,
      ]);
    }
  });
});
