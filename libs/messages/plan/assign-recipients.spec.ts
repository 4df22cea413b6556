import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '#libs/core';
import type { CompiledRoute } from '#libs/templates';
import { makeRouteDefinition, makeTemplate } from '../testing/factories.js';
import { asMention, assignRecipients, canAddress, parseRecipients } from './assign-recipients.js';

const routesTo = (...channels: readonly string[]): readonly CompiledRoute[] =>
  makeTemplate({ routes: channels.map((channel) => makeRouteDefinition(channel)) }).routes;

function assigned(
  channels: readonly string[],
  strategy: 'first' | 'all',
  values: readonly JsonValue[],
  unreachable: ReadonlySet<string> = new Set(),
) {
  const { recipients } = parseRecipients(values);
  const { assignments, faults } = assignRecipients(routesTo(...channels), strategy, recipients, unreachable);
  return {
    routes: assignments.map(({ route, recipients: own }) => [route.channel.name, ...own.map(({ ref }) => ref)]),
    faults: faults.map(({ code, pointer }) => `${pointer} ${code}`),
  };
}

describe('a route to customers', () => {
  const [letter] = routesTo('letter');
  const fits = (who: 'customers' | undefined, value: JsonValue): boolean => {
    const [recipient] = parseRecipients([value]).recipients;
    if (!letter || !recipient || letter.channel.addressing.to !== 'people') throw new TypeError('no such route');
    const addressing = { ...letter.channel.addressing, ...(who && { who }) };
    return canAddress({ ...letter, channel: { ...letter.channel, addressing } }, recipient);
  };

  it('takes customers and tags, and no member however written', () => {
    expect([{ customer: 'wmA' }, { tag: 'etVip' }].map((value) => fits('customers', value))).toEqual([true, true]);
    const members = ['a', { user: 'a' }, { wecom: 'a' }, { mobile: '13800000000' }, { email: 'a@corp.example' }];
    expect(members.filter((value) => fits('customers', value))).toEqual([]);
    expect(members.filter((value) => !fits(undefined, value))).toEqual([]);
  });

  it('is the only one that takes customers', () => {
    expect(fits(undefined, { customer: 'wmA' })).toBe(false);
    expect(assigned(['letter', 'board'], 'first', [{ customer: 'wmA' }]).faults).toEqual([
      '/recipients/0 recipient_unreachable',
    ]);
  });
});

describe('a list of recipients', () => {
  it('counts equal recipients once, however they are written', () => {
    const { recipients, faults } = parseRecipients([
      'a',
      { user: 'a' },
      { mobile: '13800000000' },
      { mobile: '+86 13800000000' },
      { wecom: 'Li' },
      { wecom: 'lI' },
    ]);
    expect(faults).toEqual([]);
    expect(recipients.map(({ ref }) => ref)).toEqual(['user:a', 'mobile:13800000000', 'wecom:li']);
  });

  it('may repeat a recipient with the same params, not with others', () => {
    const same = { user: 'a', params: { x: 1, y: 2 } };
    expect(parseRecipients([same, { user: 'a', params: { y: 2, x: 1 } }]).faults).toEqual([]);
    expect(parseRecipients(['b', same, { user: 'a', params: { x: 2 } }, 'a']).faults).toEqual([
      expect.objectContaining({ pointer: '/recipients/2', code: 'duplicate_recipient' }),
      expect.objectContaining({ pointer: '/recipients/3', code: 'duplicate_recipient' }),
    ]);
  });

  it('holds 10,000 recipients and not one more', () => {
    const people = Array.from({ length: 10_001 }, (_, index) => `u${index}`);
    expect(parseRecipients(people.slice(1)).recipients).toHaveLength(10_000);
    expect(parseRecipients(people)).toEqual({
      recipients: [],
      faults: [expect.objectContaining({ code: 'too_many_recipients', limit: 10_000, actual: 10_001, unit: 'items' })],
    });
  });

  it('tells the faults of all its entries at once', () => {
    const { faults } = parseRecipients(['a|b', 'fine', 7, { user: 'x', y: 1 }]);
    expect(faults.map(({ code, pointer }) => `${pointer} ${code}`)).toEqual([
      '/recipients/0 invalid_recipient_id',
      '/recipients/2 wrong_type',
      '/recipients/3/y unknown_field',
    ]);
  });
});

describe('with the strategy first', () => {
  it('each recipient goes the first route that can address it as it is written', () => {
    const values = ['a', { dingtalk: 'b' }, { wecom: 'c' }, { wecom: { tag: '1' } }, { dingtalk: { department: '2' } }];
    expect(assigned(['letter', 'note'], 'first', values)).toEqual({
      faults: [],
      routes: [
        ['letter', 'user:a', 'wecom:c', 'wecom:tag:1'],
        ['note', 'dingtalk:b', 'dingtalk:department:2'],
      ],
    });
  });

  it('a mobile stays on the first route, though it may be nobody there', () => {
    expect(assigned(['letter', 'note'], 'first', [{ mobile: '138' }, { email: 'a@b' }]).routes).toEqual([
      ['letter', 'mobile:138', 'email:a@b'],
    ]);
  });

  it('whom the directory does not know at one vendor goes the route of another, and nobody’s stay on the first', () => {
    const unreachable = new Set(['wecom user:a', 'wecom user:c', 'dingtalk user:c']);
    expect(assigned(['letter', 'note'], 'first', ['a', 'b', 'c'], unreachable).routes).toEqual([
      ['note', 'user:a'],
      ['letter', 'user:b', 'user:c'],
    ]);
  });

  it('ten thousand recipients are no effort', () => {
    const people = Array.from({ length: 10_000 }, (_, index) => `u${index}`);
    const startedMs = performance.now();
    expect(assigned(['letter'], 'first', people).routes[0]).toHaveLength(10_001);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});

describe('everybody', () => {
  it('is out of reach for a kind that the channel does not send to all', () => {
    const { recipients } = parseRecipients([{ all: true }, { department: '1' }]);
    const [route] = routesTo('letter');
    if (!route || route.channel.addressing.to !== 'people') throw new TypeError('letters go to people');
    const addressing = { ...route.channel.addressing, notToAll: [route.kind] };
    const narrow = { ...route, channel: { ...route.channel, addressing } };
    expect(recipients.map((recipient) => canAddress(route, recipient))).toEqual([true, true]);
    expect(recipients.map((recipient) => canAddress(narrow, recipient))).toEqual([false, true]);
  });
});

describe('with the strategy all', () => {
  it('each recipient goes every route that can address it', () => {
    expect(assigned(['letter', 'note'], 'all', ['a', { wecom: 'b' }]).routes).toEqual([
      ['letter', 'user:a', 'wecom:b'],
      ['note', 'user:a'],
    ]);
  });

  it('a chat group gets the message also when nobody is to be mentioned there', () => {
    expect(assigned(['letter', 'board'], 'all', [{ email: 'a@b' }]).routes).toEqual([
      ['letter', 'email:a@b'],
      ['board'],
    ]);
  });
});

describe('a recipient that no route can take', () => {
  it('is a fault', () => {
    expect(assigned(['letter'], 'first', ['a', { dingtalk: 'b' }])).toEqual({
      routes: [],
      faults: ['/recipients/1 recipient_unreachable'],
    });
    expect(assigned(['note'], 'all', [{ tag: '1' }]).faults).toEqual(['/recipients/0 recipient_unreachable']);
    expect(assigned(['board'], 'first', [{ email: 'a@b' }, { department: '1' }]).faults).toEqual([
      '/recipients/0 recipient_unreachable',
      '/recipients/1 recipient_unreachable',
    ]);
  });

  it('is ambiguous when it is a department, a tag or everybody and the routes belong to several vendors', () => {
    const groups = [{ department: '1' }, { tag: '1' }, { all: true }, { wecom: { department: '1' } }];
    expect(assigned(['letter', 'note'], 'first', groups).faults).toEqual([
      '/recipients/0 ambiguous_recipient',
      '/recipients/1 ambiguous_recipient',
      '/recipients/2 ambiguous_recipient',
    ]);
    expect(assigned(['letter', 'board'], 'first', groups).faults).toEqual([]);
  });
});

describe('a message without recipients', () => {
  it('goes to the chat group of the first group route, or of all of them', () => {
    expect(assigned(['letter', 'board', 'board'], 'first', []).routes).toEqual([['board']]);
    expect(assigned(['letter', 'board', 'board'], 'all', []).routes).toEqual([['board'], ['board']]);
  });

  it('is a fault when there is no chat group', () => {
    expect(assigned(['letter'], 'first', []).faults).toEqual(['/recipients recipients_missing']);
  });
});

describe('a mention', () => {
  const [board] = routesTo('board');

  it.each([
    ['a', { type: 'user', id: 'a' }],
    [{ wecom: 'LiSi' }, { type: 'user', id: 'LiSi' }],
    [{ mobile: '+86 138' }, { type: 'mobile', id: '138' }],
    [{ all: true }, { type: 'all' }],
    [{ dingtalk: 'a' }, undefined],
    [{ email: 'a@b' }, undefined],
    [{ department: '1' }, undefined],
  ])('of %j is %j', (value, mention) => {
    const [recipient] = parseRecipients([value]).recipients;
    expect(recipient && board && asMention(recipient, board)).toEqual(mention);
    expect(recipient && board && canAddress(board, recipient)).toBe(mention !== undefined);
  });
});
