import { describe, expect, it } from '@jest/globals';
import { breakActive, encodeInUrl, escapeHtml, isPermittedLink } from './escaping.js';

const shown = (value: string, before = '', after = ''): string =>
  breakActive(value, before, after).replaceAll('\u200b', '·');

describe('breakActive', () => {
  it.each([
    ['<@lisi>', '<·@lisi>'],
    ['@all', '@·all'],
    ['<@all>', '<·@·all>'],
    ['@所有人 请看', '@·所有人 请看'],
    ['<font color="warning">x</font>', '<·font color="warning">x<·/font>'],
    ['<a href="https://evil">x</a>', '<·a href="https://evil">x<·/a>'],
    ['<A\nHREF="x">', '<·A\nHREF="x">'],
    ['[x](javascript:alert(1))', '[x]·(javascript:alert(1))'],
    ['# heading', '·# heading'],
    ['a\n> quote\r\n- item', 'a\n·> quote\r\n·- item'],
    ['  - item', '  ·- item'],
  ])('breaks %j', (value, expected) => {
    expect(shown(value)).toBe(expected);
  });

  it.each([
    '1 < 2',
    'a <b> c',
    'me@example.com',
    'C# and F#',
    'a-b',
    'x > y',
    '[1] (2)',
    '{{x}}',
    '${7*7}',
    '订单 A-1',
  ])('leaves %j as it is', (value) => expect(breakActive(value, 'text ', '')).toBe(value));

  it('breaks what a value completes together with the text around it', () => {
    expect(shown('@all', '<')).toBe('·@·all');
    expect(shown('(javascript:x)', '[click]')).toBe('·(javascript:x)');
    expect(shown('[x]', '', '(paid)')).toBe('[x]·');
    expect(shown('- x', 'list:\n')).toBe('·- x');
    expect(shown('a\n', '', '# b')).toBe('a\n·');
  });

  it("leaves the author's own constructs alone", () => {
    expect(breakActive('lisi', '<@', '>')).toBe('lisi');
    expect(breakActive('title', '# ', '\n- next')).toBe('title');
    expect(breakActive('', '[x]', '(y)')).toBe('');
  });

  it('takes the start of a line from the text, not from the start of the value', () => {
    expect(breakActive('-5', 'Temperature: ', '')).toBe('-5');
    expect(breakActive('#1', `${'x'.repeat(40)} `, '')).toBe('#1');
  });
});

describe('escapeHtml', () => {
  it('writes markup as entities', () => {
    expect(escapeHtml(`<div class="gray">a & 'b'</div>`)).toBe(
      '&lt;div class=&quot;gray&quot;&gt;a &amp; &#39;b&#39;&lt;/div&gt;',
    );
  });
});

describe('encodeInUrl', () => {
  it('encodes everything that has a meaning in an URL', () => {
    expect(encodeInUrl("a b/?#&=:@'()*\n老")).toBe('a%20b%2F%3F%23%26%3D%3A%40%27%28%29%2A%0A%E8%80%81');
  });

  it('takes a lone surrogate for the replacement character', () => {
    expect(encodeInUrl('\ud800')).toBe('%EF%BF%BD');
  });
});

describe('isPermittedLink', () => {
  it.each([
    'https://a.example/x?y=1',
    'HTTP://a',
    'mailto:li@corp.example',
    'tel:10086',
    'eapp://page?x=1',
    'dingtalk://dingtalkclient/page/link?url=x',
  ])('permits %s', (url) => expect(isPermittedLink(url)).toBe(true));

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:x',
    'data:text/html,x',
    '//evil',
    'www.corp.example',
    'file:///etc/passwd',
    'https://',
    '',
  ])('refuses %j', (url) => expect(isPermittedLink(url)).toBe(false));
});
