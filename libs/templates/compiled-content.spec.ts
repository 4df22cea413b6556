import { describe, expect, it } from '@jest/globals';
import type { Content } from '#libs/channels';
import { compileContent } from './compiled-content.js';
import { testChannels } from './testing/test-channels.js';

const compile = (content: Content) => {
  const type = testChannels().findContent('test-people', content.kind);
  if (!type) throw new TypeError(`no kind ${content.kind}`);
  return compileContent(type, content);
};

describe('compileContent', () => {
  const card: Content = {
    kind: 'card',
    title: '{{t}} & co',
    description: '<b>{{t}}</b>',
    body: '{{t}}',
    url: 'https://corp.example/{{t}}',
    key: '{{t}}',
    tags: ['fixed', '{{t}}'],
    links: [{ title: 'fixed' }, { title: '{{t}}', url: '{{u}}' }],
  };

  it('writes a value by the format of each field, in lists and below', () => {
    expect(compile(card).render({ t: '<a b>', u: 'https://corp.example' })).toEqual({
      kind: 'card',
      title: '<a b> & co',
      description: '<b>&lt;a b&gt;</b>',
      body: '<\u200ba b>',
      url: 'https://corp.example/%3Ca%20b%3E',
      key: '<a b>',
      tags: ['fixed', '<a b>'],
      links: [{ title: 'fixed' }, { title: '<a b>', url: 'https://corp.example' }],
    });
  });

  it('names every placeholder once', () => {
    expect(compile(card).names).toEqual(['t', 'u']);
  });

  it('points to the field whose link is forbidden', () => {
    const faults = compile(card).linkFaults({ t: 'x', u: 'javascript:x' }, ['routes', 0, 'content']);
    expect(faults).toEqual([
      expect.objectContaining({ pointer: '/routes/0/content/links/1/url', code: 'link_forbidden' }),
    ]);
  });

  it('gives the same frozen object every time when there is nothing to fill in', () => {
    const compiled = compile({ kind: 'text', content: 'hello' });
    expect(compiled.render({ content: 'x' })).toBe(compiled.render({}));
    expect(Object.isFrozen(compiled.render({}))).toBe(true);
  });

  it('leaves the template as it was', () => {
    const before = structuredClone(card);
    compile(card).render({ t: 'x', u: 'y' });
    expect(card).toEqual(before);
  });

  it('looks values up as own properties only', () => {
    const compiled = compile({ kind: 'text', content: '[{{constructor}}{{__proto__}}{{toString}}]' });
    expect(compiled.render({})['content']).toBe('[]');
    expect(compiled.render({ constructor: 'c' })['content']).toBe('[c]');
  });

  it('does not let a value reach another field of the JSON', () => {
    const { content } = compile({ kind: 'text', content: '{{v}}' }).render({ v: '","touser":"@x' });
    expect(JSON.parse(JSON.stringify({ content }))).toEqual({ content: '","touser":"@x' });
  });
});
