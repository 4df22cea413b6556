import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FieldFormat } from '#libs/channels';
import { compileText } from './compiled-text.js';
import type { Params } from './placeholders.js';

const render = (text: string, format: FieldFormat, params: Params): string => compileText(text, format).render(params);
const forbids = (text: string, format: FieldFormat, params: Params): boolean =>
  compileText(text, format).hasForbiddenLink(params);

/** Values that try to become something else than text. */
const ATTACKS = [
  '<@zhangsan>',
  '<@all>',
  '@all',
  '@ALL hands',
  '@所有人',
  '<font color="warning">x</font>',
  '</font><font color=red>',
  '<a href="https://evil.example">x</a>',
  "<a\thref='javascript:alert(1)'>x</a>",
  '[x](javascript:alert(1))',
  '![x](https://evil.example/p.png)',
  '# heading',
  '\n## heading',
  '> quote',
  'a\r\n> quote',
  '- item\n- item',
  '---',
  '   - item',
  '{{name}}',
  '{{constructor.constructor("return process")()}}',
  '${7*7}',
  '<%= 7*7 %>',
  '","touser":"@all',
  '\\","x":"',
  '&lt;b&gt; & "quotes" \'single\'',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://evil.example/?a=1&b=2#c',
  '../../etc/passwd',
  'a\u0000b\u200bc\u202ed',
  '%3Cscript%3E',
  '老张 👨‍👩‍👧 é',
];

const FORMATS: readonly FieldFormat[] = ['text', 'markdown', 'html', 'url', 'plain', 'key'];

describe('compileText', () => {
  it.each(FORMATS)('writes every attack harmlessly into a %s field', (format) => {
    const prefix = format === 'url' ? 'https://corp.example/?q=' : '订单 ';
    const written = ATTACKS.map((value) => render(`${prefix}{{v}}!`, format, { v: value }).replaceAll('\u200b', '·'));
    expect(written).toMatchSnapshot();
  });

  it.each(['text', 'markdown'] as const)('shows exactly the value in a %s field, whatever it is', (format) => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...ATTACKS), fc.string());
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const shown = render('{{a}} und\n{{b}}', format, { a, b }).replaceAll('\u200b', '');
        expect(shown).toBe(`${a} und\n${b}`.replaceAll('\u200b', ''));
      }),
      { numRuns: 500 },
    );
  });

  it('never lets an active construct out of a value', () => {
    const pieces = fc.constantFrom(
      '<',
      '@',
      'a ',
      '/',
      'font',
      'all',
      '所有人',
      ']',
      '(',
      '\n',
      '#',
      '>',
      '-',
      ' ',
      'x',
    );
    const active = /<(?:a\s|\/|@|font)|@(?:all|所有人)|\]\(|(?:^|\n)[ \t]*[#>-]/i;
    fc.assert(
      fc.property(fc.array(pieces), fc.array(pieces), (a, b) => {
        const text = render('x {{a}}{{b}}', 'markdown', { a: a.join(''), b: b.join('') });
        expect(text).not.toMatch(active);
      }),
      { numRuns: 1000 },
    );
  });

  it('is pure and never throws, for every format and value', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean());
    fc.assert(
      fc.property(fc.constantFrom(...FORMATS), fc.string(), value, (format, text, v) => {
        const compiled = compileText(`${text}{{v}}[l]({{v}})<a href="{{v}}">{{w}}`, format);
        expect(compiled.render({ v })).toBe(compiled.render({ v }));
        expect(typeof compiled.hasForbiddenLink({ v })).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });

  it('never expands a value a second time', () => {
    expect(render('{{a}}', 'plain', { a: '{{b}}', b: 'secret' })).toBe('{{b}}');
  });

  it("keeps the author's own markup and mentions", () => {
    const text = '# 标题\n- <@{{user}}> <font color="info">{{v}}</font> [详情](https://corp.example)';
    expect(render(text, 'markdown', { user: 'lisi', v: 'ok' })).toBe(
      '# 标题\n- <@lisi> <font color="info">ok</font> [详情](https://corp.example)',
    );
  });

  it('is linear: a megabyte of text with 50,000 placeholders takes well under a second', () => {
    const text = `${'[x](<'.repeat(4)}${'订单{{v}} ](href="'.repeat(50_000)}`;
    const startedAt = performance.now();
    const compiled = compileText(text, 'markdown');
    compiled.render({ v: '<@all>' });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });
});

describe('links', () => {
  it('percent-encodes a value inside an URL', () => {
    expect(render('https://corp.example/o/{{id}}?n={{n}}', 'url', { id: 'a/../b', n: '老 &x=1' })).toBe(
      'https://corp.example/o/a%2F..%2Fb?n=%E8%80%81%20%26x%3D1',
    );
  });

  it('takes a value as the whole URL as it is, when its scheme is permitted', () => {
    const url = 'https://corp.example/a(b)?x=1&y=老';
    expect(render('{{u}}', 'url', { u: url })).toBe(url);
    expect(forbids('{{u}}', 'url', { u: url })).toBe(false);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:x',
    'data:text/html,x',
    'no url',
    '//evil.example',
  ])('refuses %j as a whole URL and writes it harmlessly', (u) => {
    expect(forbids('{{u}}', 'url', { u })).toBe(true);
    expect(forbids('[x]({{u}})', 'markdown', { u })).toBe(true);
    expect(forbids('<a href="{{u}}">x</a>', 'text', { u })).toBe(true);
    expect(render('{{u}}', 'url', { u })).not.toMatch(/[:/]/);
  });

  it('lets values not make up a scheme', () => {
    expect(forbids('{{a}}:alert(1)', 'url', { a: 'javascript' })).toBe(true);
    expect(forbids('{{a}}{{b}}', 'url', { a: 'https', b: '://evil.example' })).toBe(true);
    expect(forbids('{{host}}/pay', 'url', { host: 'https://corp.example' })).toBe(true);
    expect(forbids('https://{{host}}/pay', 'url', { host: 'corp.example' })).toBe(false);
  });

  it('takes an empty value for no link', () => {
    expect(forbids('{{u}}', 'url', {})).toBe(false);
  });

  it("encodes values inside a link's destination in markup", () => {
    expect(render('[{{t}}](https://corp.example/{{id}})', 'markdown', { t: 'a](b', id: 'x) [y](z' })).toBe(
      '[a]\u200b(b](https://corp.example/x%29%20%5By%5D%28z)',
    );
    expect(render('<a href="https://corp.example/{{id}}">{{t}}</a>', 'html', { t: '<b>', id: '"><script>' })).toBe(
      '<a href="https://corp.example/%22%3E%3Cscript%3E">&lt;b&gt;</a>',
    );
  });

  it('lets a whole link not break out of its markup', () => {
    const u = 'https://corp.example/a)b"c\'d<e>&f=1';
    expect(render('[x]({{u}})', 'markdown', { u })).toBe('[x](https://corp.example/a%29b%22c%27d%3Ce%3E&f=1)');
    expect(render('<a href="{{u}}">x</a>', 'html', { u })).toBe(
      '<a href="https://corp.example/a%29b%22c%27d%3Ce%3E&amp;f=1">x</a>',
    );
  });

  it('takes an asset for the whole link of a field that holds media, and of no other', () => {
    const value = { v: 'asset:0197c2f4-7a00-7000-8000-0000000a55e7' };
    const media = compileText('{{v}}', 'url', { mayBeAsset: true });
    expect(media.hasForbiddenLink(value)).toBe(false);
    expect(media.render(value)).toBe(value.v);
    expect(media.hasForbiddenLink({ v: 'javascript:alert(1)' })).toBe(true);
    expect(forbids('{{v}}', 'url', value)).toBe(true);
    expect(compileText('asset:{{v}}', 'url', { mayBeAsset: true }).render({ v: '../a b' })).toBe('asset:..%2Fa%20b');
  });
});
