import { describe, expect, it } from '@jest/globals';
import { cardText, dingtalkMarkdown, wecomMarkdown, wecomText } from './rich-text.js';

describe('rich text', () => {
  it('draws what WeCom markdown knows and leaves lists alone', () => {
    expect(
      wecomMarkdown('# A\n> q\n- **b** `c` [t](https://e.cn/?a=1&b=2)\n<font color="info">i</font><@lisi>').text,
    ).toBe(
      '<div class="h1">A</div><div class="quote">q</div>' +
        '<div>- <b>b</b> <code>c</code> <span class="link" title="https://e.cn/?a=1&amp;b=2">t</span></div>' +
        '<div><span class="tone-info">i</span><span class="mention">@lisi</span></div>',
    );
  });

  it('draws lists for DingTalk, but no font tags', () => {
    expect(dingtalkMarkdown('- a\n1. b\n<font color="info">c</font>').text).toBe(
      '<div class="item">a</div><div class="item">b</div><div>&lt;font color=&quot;info&quot;&gt;c&lt;/font&gt;</div>',
    );
  });

  it('draws links in WeCom text and tones in card texts', () => {
    expect(wecomText('a <a href="https://e.cn">x</a>').text).toBe('a <span class="link" title="https://e.cn">x</span>');
    expect(cardText('<div class="gray">d</div><br>e').text).toBe('<div class="tone-gray">d</div><br>e');
  });

  it.each(['<b onclick=x>', '<a href="javascript:alert(1)">x</a>', '[x](javascript:alert(1))', '"\'<>&'])(
    'makes no element of %s',
    (text) => {
      for (const draw of [wecomText, wecomMarkdown, dingtalkMarkdown, cardText]) {
        expect(draw(text).text).not.toMatch(/<(?!\/?div)/);
      }
    },
  );

  it('cannot be broken out of through a link title', () => {
    expect(wecomMarkdown('[a](https://e.cn/"onmouseover="x)').text).not.toMatch(/"onmouseover/);
    expect(wecomMarkdown('[a](https://e.cn/<@lisi>)').text).not.toContain('title=');
  });
});
