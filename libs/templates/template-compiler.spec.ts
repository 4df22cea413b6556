import { describe, expect, it } from '@jest/globals';
import { ValidationError } from '#libs/core';
import { renderRoute } from './render-route.js';
import { compileInline } from './template-compiler.js';
import { makeTemplate } from './testing/factories.js';
import { testChannels } from './testing/test-channels.js';

describe('compileTemplate', () => {
  const template = makeTemplate({
    variables: [{ name: 'note', required: false, example: 'n' }],
    routes: [
      {
        channel: 'test-people',
        accounts: ['a', 'b'],
        content: { kind: 'text', content: '{{x}}{{note}}' },
        options: { safe: 1, onOverlong: 'cut' },
      },
      {
        channel: 'test-group',
        accounts: ['g'],
        content: { kind: 'text', content: 'static' },
        options: { mentions: ['lisi'] },
      },
    ],
  });

  it('numbers the routes from 1 and keeps their accounts', () => {
    expect(template.routes.map(({ no, accounts }) => [no, accounts])).toEqual([
      [1, ['a', 'b']],
      [2, ['g']],
    ]);
  });

  it("separates the channel's options from those that steer planning", () => {
    const [people, group] = template.routes;
    expect([people?.options, people?.onOverlong]).toEqual([{ safe: 1 }, 'cut']);
    expect([group?.options, group?.onOverlong, group?.mentions]).toEqual([
      {},
      'refuse',
      [{ type: 'user', id: 'lisi' }],
    ]);
  });

  it('knows each variable, whether it is required, and where it is used', () => {
    expect(template.variables).toEqual([
      { name: 'note', required: false, example: 'n', routes: [1] },
      { name: 'x', required: true, routes: [1] },
    ]);
    expect(template.routes.map(({ placeholders, required }) => [placeholders, required])).toEqual([
      [['x', 'note'], ['x']],
      [[], []],
    ]);
  });
});

describe('compileInline', () => {
  const inline = {
    channel: 'test-people',
    account: 'sales',
    content: { kind: 'text', content: 'Hello {{name}} <@all>' },
  };

  it('takes text as final: what looks like a placeholder travels as it is', () => {
    const template = compileInline(testChannels(), inline);
    const [route] = template.routes;
    expect(route && renderRoute(route, { name: 'x' }).content).toEqual(inline.content);
    expect([template.code, template.version, template.dedupe]).toEqual([
      null,
      null,
      { content: null, frequency: null },
    ]);
  });

  it('tells every fault at once', () => {
    const broken = { ...inline, content: { kind: 'text', content: 1, more: true }, options: { unheard: 1 } } as never;
    expect(() => compileInline(testChannels(), broken)).toThrow(ValidationError);
    try {
      compileInline(testChannels(), broken);
    } catch (error) {
      const faults = error instanceof ValidationError ? error.faults.map(({ pointer }) => pointer) : [];
      expect(faults.sort()).toEqual(['/content/content', '/content/more', '/options/unheard']);
    }
  });
});
