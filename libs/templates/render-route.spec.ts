import { describe, expect, it } from '@jest/globals';
import { contentHash, missingVariables, renderContent, renderRoute } from './render-route.js';
import { makeRoute, makeTemplate } from './testing/factories.js';

const groupText = (content: string, options = {}) =>
  makeRoute({ kind: 'text', content }, { channel: 'test-group', options });

describe('missingVariables', () => {
  it('tells every required variable without a value', () => {
    const { routes } = makeTemplate({
      variables: [{ name: 'b', required: false }],
      routes: [
        { channel: 'test-people', accounts: ['x'], content: { kind: 'text', content: '{{a}}{{b}}{{c}}' }, options: {} },
      ],
    });
    expect(routes.flatMap((route) => missingVariables(route, { a: '' }))).toEqual([
      expect.objectContaining({ pointer: '/params/c', code: 'missing_variable' }),
    ]);
  });

  it.each(['constructor', '__proto__', 'hasOwnProperty'])('does not take an inherited %s for a value', (name) => {
    expect(missingVariables(makeRoute({ kind: 'text', content: `{{${name}}}` }), {})).toHaveLength(1);
  });
});

describe('renderRoute', () => {
  it('writes the values in', () => {
    const route = makeRoute({ kind: 'text', content: '订单 {{orderId}} 已付款' });
    expect(renderRoute(route, { orderId: 'A123' })).toEqual({
      content: { kind: 'text', content: '订单 A123 已付款' },
      mentions: [],
      faults: [],
      notes: [],
    });
  });

  it('tells what is too long, with pointer, limit, size and unit', () => {
    const { faults, notes } = renderRoute(makeRoute({ kind: 'text', content: '{{v}}' }), { v: '中'.repeat(14) });
    expect(faults).toEqual([
      expect.objectContaining({
        pointer: '/routes/0/content/content',
        code: 'content_too_long',
        limit: 40,
        actual: 42,
        unit: 'bytes',
      }),
    ]);
    expect(notes).toEqual([]);
  });

  it('checks a content without placeholders again when it has faults', () => {
    const route = makeRoute({ kind: 'text', content: 'x'.repeat(41) });
    expect([renderRoute(route, {}).faults.length, renderRoute(route, {}).faults.length]).toEqual([1, 1]);
    const fine = makeRoute({ kind: 'text', content: 'x' });
    expect([renderRoute(fine, {}), renderRoute(fine, {}).faults]).toEqual([renderRoute(fine, {}), []]);
  });

  it('points where the caller wants', () => {
    const { faults } = renderRoute(
      makeRoute({ kind: 'text', content: '{{v}}' }),
      { v: 'x'.repeat(41) },
      [],
      ['content'],
    );
    expect(faults[0]?.pointer).toBe('/content/content');
  });

  it('tells what values made empty', () => {
    expect(renderRoute(makeRoute({ kind: 'text', content: '{{v}}' }), { v: '' }).faults).toEqual([
      expect.objectContaining({ code: 'content_empty' }),
    ]);
  });

  it('refuses a forbidden link', () => {
    const route = makeRoute({ kind: 'card', title: 't', url: '{{u}}' });
    expect(renderRoute(route, { u: 'javascript:alert(1)' }).faults).toEqual([
      expect.objectContaining({ pointer: '/routes/0/content/url', code: 'link_forbidden' }),
    ]);
  });

  it('refuses a content that alone is above the limit of the body', () => {
    const route = makeRoute({ kind: 'card', title: '{{v}}' }, { channel: 'test-group' });
    expect(renderRoute(route, { v: 'x'.repeat(2_000) }).faults).toEqual([
      expect.objectContaining({ pointer: '/routes/0/content', code: 'content_too_long', limit: 2_000, unit: 'bytes' }),
    ]);
  });

  describe('mentions', () => {
    it("adds the message's own to those of the route, each once", () => {
      const route = groupText('down', { mentions: ['lisi', { all: true }] });
      const { content, mentions } = renderRoute(route, {}, [
        { type: 'user', id: 'lisi' },
        { type: 'mobile', id: '13800000000' },
      ]);
      expect(content['content']).toBe('down @lisi @ALL @13800000000');
      expect(mentions).toHaveLength(3);
    });

    it('counts them in the length', () => {
      const { faults } = renderRoute(groupText('x'.repeat(38)), {}, [{ type: 'user', id: 'lisi' }]);
      expect(faults).toEqual([expect.objectContaining({ code: 'content_too_long', actual: 44 })]);
    });

    it('passes on what the channel refuses', () => {
      const route = makeRoute({ kind: 'card', title: 't' }, { channel: 'test-group' });
      expect(renderRoute(route, {}, [{ type: 'all' }]).faults).toEqual([
        expect.objectContaining({ pointer: '/recipients', code: 'mention_not_supported' }),
      ]);
    });
  });

  describe('with onOverlong: cut', () => {
    const cut = { onOverlong: 'cut' };

    it('cuts at a character boundary and notes it', () => {
      const route = makeRoute({ kind: 'text', content: '{{v}}' }, { options: cut });
      const { content, faults, notes } = renderRoute(route, { v: '中'.repeat(20) });
      expect(content['content']).toBe(`${'中'.repeat(12)}…`);
      expect(faults).toEqual([]);
      expect(notes).toEqual([
        { code: 'content_cut', pointer: '/routes/0/content/content', limit: 40, actual: 60, unit: 'bytes' },
      ]);
    });

    it('keeps the mentions whole', () => {
      const { content, faults } = renderRoute(groupText('x'.repeat(60), cut), {}, [{ type: 'user', id: 'lisi' }]);
      expect(content['content']).toBe(`${'x'.repeat(31)}… @lisi`);
      expect(faults).toEqual([]);
    });

    it('cuts in lists and leaves what fits', () => {
      const links = [{ title: 'short' }, { title: '{{v}}' }];
      const { content } = renderRoute(makeRoute({ kind: 'card', title: 't', links }, { options: cut }), {
        v: 'x'.repeat(20),
      });
      expect(content['links']).toEqual([{ title: 'short' }, { title: `${'x'.repeat(9)}…` }]);
    });

    it('never leaves half an entity or tag', () => {
      const route = makeRoute({ kind: 'card', title: 't', description: '{{v}}' }, { options: cut });
      expect(renderRoute(route, { v: `${'x'.repeat(24)}<<` }).content['description']).toBe(`${'x'.repeat(24)}…`);
    });

    it('still refuses links that are too long: cut they would lead elsewhere', () => {
      const route = makeRoute({ kind: 'card', title: 't', url: 'https://corp.example/{{v}}' }, { options: cut });
      expect(renderRoute(route, { v: 'x'.repeat(40) }).faults).toEqual([
        expect.objectContaining({ code: 'content_too_long', pointer: '/routes/0/content/url' }),
      ]);
    });
  });
});

describe('renderContent', () => {
  it.each([{}, { onOverlong: 'cut' }])('gives the same bytes as renderRoute with options %j', (options) => {
    const route = groupText('{{v}}', options);
    const params = { v: 'x'.repeat(60) };
    const { content, mentions, notes } = renderRoute(route, params, [{ type: 'all' }]);
    expect(renderContent(route, params, [{ type: 'all' }])).toMatchObject({ content, mentions, notes });
  });
});

describe('contentHash', () => {
  it('does not depend on the order of fields', () => {
    const a = contentHash({ kind: 'card', title: 'a', url: 'b' });
    expect(contentHash({ url: 'b', title: 'a', kind: 'card' })).toEqual(a);
    expect(a).toHaveLength(32);
  });

  it('depends on content and mentions', () => {
    const content = { kind: 'text', content: 'x' };
    const plain = contentHash(content);
    expect(contentHash({ ...content, content: 'y' })).not.toEqual(plain);
    expect(contentHash(content, [{ type: 'all' }])).not.toEqual(plain);
    expect(contentHash(content, [])).toEqual(plain);
  });
});
