import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '#libs/core';
import { testChannels } from '../testing/test-channels.js';
import { parseTemplate } from './parse-template.js';

const route = (changes: JsonObject = {}): JsonObject => ({
  channel: 'test-people',
  account: 'sales',
  content: { kind: 'text', content: '订单 {{orderId}} 已付款' },
  ...changes,
});

const body = (changes: JsonObject = {}): JsonObject => ({
  code: 'order-paid',
  name: 'Order paid',
  routes: [route()],
  ...changes,
});

const parse = (changes: JsonObject = {}) => parseTemplate(testChannels(), body(changes));

const faultsOf = (changes: JsonObject): string[] =>
  parse(changes)
    .faults.map(({ pointer, code }) => `${pointer} ${code}`)
    .sort();

describe('parseTemplate', () => {
  it('fills in every default', () => {
    const { definition, faults, code } = parse();
    expect([faults, code]).toEqual([[], 'order-paid']);
    expect(definition).toEqual({
      name: 'Order paid',
      description: '',
      variables: [],
      routes: [
        {
          channel: 'test-people',
          accounts: ['sales'],
          content: { kind: 'text', content: '订单 {{orderId}} 已付款' },
          options: {},
        },
      ],
      strategy: 'first',
      fallback: null,
      dedupe: { content: { windowSeconds: 300, limit: 1 }, frequency: null },
      quietHours: null,
      onAmbiguous: 'resend',
      overflow: 'delay',
      ttlSeconds: 86_400,
      unknownUser: 'refuse',
    });
  });

  it('keeps what is given', () => {
    const given = {
      description: 'd',
      variables: [{ name: 'orderId', required: false, example: 7, description: 'e' }],
      strategy: 'all',
      fallback: { on: ['failed', 'unread'], afterSeconds: 60 },
      dedupe: { content: { windowSeconds: 60, limit: 2 }, frequency: { limit: 5, windowSeconds: 86_400 } },
      quietHours: { from: '22:00', to: '08:00', timeZone: 'Europe/Berlin', action: 'drop', highBypasses: true },
      onAmbiguous: 'hold',
      overflow: 'merge',
      ttlSeconds: 600,
      unknownUser: 'as_is',
    };
    expect(parse(given).faults).toEqual([]);
    expect(parse(given).definition).toMatchObject(given);
  });

  it('takes null for off', () => {
    const { definition } = parse({ dedupe: { content: null }, fallback: null, quietHours: null });
    expect(definition?.dedupe).toEqual({ content: null, frequency: null });
  });

  it('completes dedupe, fallback and quiet hours that are given in part', () => {
    const { definition } = parse({
      dedupe: { frequency: { limit: 1, windowSeconds: 60 } },
      fallback: { on: ['failed'] },
      quietHours: { from: '22:00', to: '08:00' },
    });
    expect(definition).toMatchObject({
      dedupe: { content: { windowSeconds: 300, limit: 1 }, frequency: { limit: 1, windowSeconds: 60 } },
      fallback: { on: ['failed'], afterSeconds: 600 },
      quietHours: { timeZone: 'Asia/Shanghai', action: 'delay', highBypasses: false },
    });
  });

  it('tells every fault at once, each at its place', () => {
    const faults = faultsOf({
      code: 'Bad Code',
      name: 1,
      state: 'x',
      ttlSeconds: 0,
      strategy: 'random',
      routes: [
        route({ channel: 'pigeon' }),
        route({ content: { kind: 'fax' } }),
        route({ content: { kind: 'text' }, options: { safe: 2, speed: 1, onOverlong: 'drop' } }),
        route({ accounts: ['a'] }),
        { channel: 'test-people', content: { content: 'x' } },
      ],
    });
    expect(faults).toEqual([
      '/code invalid_value',
      '/name wrong_type',
      '/routes/0/channel unknown_channel',
      '/routes/1/content/kind unknown_kind',
      '/routes/2/content/content missing_field',
      '/routes/2/options/onOverlong invalid_value',
      '/routes/2/options/safe out_of_range',
      '/routes/2/options/speed unknown_field',
      '/routes/3/accounts invalid_value',
      '/routes/4/account missing_field',
      '/routes/4/content/kind missing_field',
      '/state unknown_field',
      '/strategy invalid_value',
      '/ttlSeconds out_of_range',
    ]);
  });

  it.each<[string, JsonObject, string]>([
    ['no routes', { routes: [] }, '/routes too_few_items'],
    ['eleven routes', { routes: Array.from({ length: 11 }, () => route()) }, '/routes too_many_items'],
    [
      '21 accounts',
      {
        routes: [
          { ...route({ accounts: Array.from({ length: 21 }, (_, i) => `a${i}`) }), account: undefined as never },
        ],
      },
      '/routes/0/accounts too_many_items',
    ],
    [
      'an unknown field of the content',
      { routes: [route({ content: { kind: 'text', content: 'x', bold: true } })] },
      '/routes/0/content/bold unknown_field',
    ],
    [
      'a block tag',
      { routes: [route({ content: { kind: 'text', content: '{{#if x}}y{{/if}}' } })] },
      '/routes/0/content/content invalid_placeholder',
    ],
    ['a variable name with a dash', { variables: [{ name: 'a-b' }] }, '/variables/0/name invalid_value'],
    ['a variable listed twice', { variables: [{ name: 'a' }, { name: 'a' }] }, '/variables/1/name duplicate_item'],
    [
      'an example that is no plain value',
      { variables: [{ name: 'a', example: {} }] },
      '/variables/0/example wrong_type',
    ],
    ['an unknown cause of fallback', { fallback: { on: ['boredom'] } }, '/fallback/on invalid_value'],
    [
      'a window without length',
      { dedupe: { frequency: { limit: 1 } } },
      '/dedupe/frequency/windowSeconds missing_field',
    ],
    ['a limit of nothing', { dedupe: { content: { limit: 0 } } }, '/dedupe/content/limit out_of_range'],
    ['a time of day that is none', { quietHours: { from: '24:00', to: '08:00' } }, '/quietHours/from invalid_value'],
    ['quiet hours of no length', { quietHours: { from: '08:00', to: '08:00' } }, '/quietHours/to invalid_value'],
    [
      'an unknown time zone',
      { quietHours: { from: '22:00', to: '08:00', timeZone: 'Mars/Olympus' } },
      '/quietHours/timeZone invalid_value',
    ],
    [
      'an offset as time zone',
      { quietHours: { from: '22:00', to: '08:00', timeZone: '+08:00' } },
      '/quietHours/timeZone invalid_value',
    ],
    ['more than 90 days to live', { ttlSeconds: 90 * 86_400 + 1 }, '/ttlSeconds out_of_range'],
    [
      'an option of the wrong type',
      { routes: [route({ options: { check: 1 } })] },
      '/routes/0/options/check wrong_type',
    ],
    [
      'an option of another kind',
      { routes: [route({ options: { depth: 0 } })] },
      '/routes/0/options/depth invalid_value',
    ],
    [
      'an option with a value of another kind',
      { routes: [route({ content: { kind: 'card', title: 't' }, options: { depth: 1 } })] },
      '/routes/0/options/depth out_of_range',
    ],
    [
      'mentions on a channel for people',
      { routes: [route({ options: { mentions: ['a'] } })] },
      '/routes/0/options/mentions unknown_field',
    ],
    [
      'mentions that are no list',
      { routes: [route({ channel: 'test-group', options: { mentions: 'a' } })] },
      '/routes/0/options/mentions wrong_type',
    ],
    [
      'too many mentions',
      { routes: [route({ channel: 'test-group', options: { mentions: ['a', 'b', 'c', 'd'] } })] },
      '/routes/0/options/mentions too_many_mentions',
    ],
    [
      'mentions the kind cannot carry',
      {
        routes: [
          route({
            channel: 'test-group',
            content: { kind: 'card', title: 't' },
            options: { mentions: [{ all: true }] },
          }),
        ],
      },
      '/routes/0/options/mentions mention_not_supported',
    ],
  ])('refuses %s', (_, changes, expected) => {
    expect(faultsOf(changes)).toEqual([expected]);
  });

  it('allows a fallback on unread only where the first channel reports what was read', () => {
    const fallback = { on: ['failed', 'unread'] };
    expect(faultsOf({ fallback })).toEqual([]);
    expect(faultsOf({ fallback, routes: [route({ channel: 'test-group' })] })).toEqual([
      '/fallback/on/1 invalid_value',
    ]);
  });

  it('does not check lengths: placeholders hide them', () => {
    expect(faultsOf({ routes: [route({ content: { kind: 'text', content: 'x'.repeat(100) } })] })).toEqual([]);
  });

  it('refuses a megabyte at once', () => {
    const content = { kind: 'text', content: '{{a}}'.repeat(200_000) };
    const startedAt = performance.now();
    expect(faultsOf({ routes: [route({ content })] })).toEqual([' too_long']);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  it('takes 10,000 placeholders', () => {
    const content = { kind: 'text', content: '{{a}}'.repeat(10_000) };
    expect(faultsOf({ routes: [route({ content })] })).toEqual([]);
  });

  it.each<[string, JsonValue]>([
    ['null', null],
    ['a text', 'x'],
    ['a list of nonsense', [null, 1, 'x', []]],
    ['an object', {}],
  ])('answers %s as routes with faults, not with an exception', (_, routes) => {
    expect(parse({ routes }).faults.length).toBeGreaterThan(0);
  });

  it('points into the place of the template in the body', () => {
    const { faults } = parseTemplate(testChannels(), body({ name: '', routes: [route({ channel: 'x' })] }), [
      'template',
    ]);
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/template/name', '/template/routes/0/channel']);
  });
});
