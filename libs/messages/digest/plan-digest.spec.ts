import { describe, expect, it } from '@jest/globals';
import type { TemplateDefinition } from '#libs/templates';
import { makePlan, makeRequest, makeRouteDefinition, makeTemplate } from '../testing/factories.js';
import { mergeKeyOf } from './merge-key.js';
import { planDigest, type WaitingDelivery } from './plan-digest.js';

const BOARD: Partial<TemplateDefinition> = {
  overflow: 'merge',
  routes: [makeRouteDefinition('board', { text: 'no {{n}}' })],
};

const makeWaiting = (n: number | string, changes: Partial<WaitingDelivery> = {}): WaitingDelivery => ({
  messageId: `0197c2f4-7a00-7000-8000-00000000000${n}`,
  no: 1,
  account: 'board-1',
  channel: 'board',
  routeNo: 1,
  template: makeTemplate(BOARD),
  params: { n },
  mentions: [],
  ...changes,
});

describe('a digest', () => {
  it('holds what each of its messages would have said, oldest first', () => {
    const digest = planDigest([makeWaiting(1), makeWaiting(2, { mentions: [{ type: 'user', id: 'u1' }] })]);
    expect(digest?.content).toMatchObject({
      channel: 'board',
      account: 'board-1',
      left: 0,
      parts: [
        { content: { kind: 'text', content: 'no 1' }, mentions: [] },
        { content: { kind: 'text', content: 'no 2 @u1' }, mentions: [{ type: 'user', id: 'u1' }] },
      ],
    });
    expect(digest?.sources.map(({ messageId }) => messageId.at(-1))).toEqual(['1', '2']);
  });

  it('behaves as its template says', () => {
    const quietHours = { from: '22:00', to: '08:00', timeZone: 'UTC', action: 'delay', highBypasses: false } as const;
    const template = makeTemplate({ ...BOARD, quietHours, onAmbiguous: 'hold' });
    const waiting = [makeWaiting(1, { template }), makeWaiting(2, { template })];
    expect(planDigest(waiting)?.content).toMatchObject({ quietHours, onAmbiguous: 'hold' });
  });

  it('takes no more than one message can hold, and counts the others', () => {
    const long = makeTemplate({
      ...BOARD,
      routes: [makeRouteDefinition('board', { text: `{{n}} ${'x'.repeat(25)}` })],
    });
    const digest = planDigest([1, 2, 3, 4].map((n) => makeWaiting(n, { template: long })));
    expect(digest?.sources).toHaveLength(2);
    expect(digest?.content).toMatchObject({ left: 2 });
  });

  it('is none of a single message, nor of those of which no two fit together', () => {
    const huge = makeTemplate({
      ...BOARD,
      routes: [makeRouteDefinition('board', { text: `{{n}} ${'x'.repeat(50)}` })],
    });
    expect(planDigest([])).toBeUndefined();
    expect(planDigest([makeWaiting(1)])).toBeUndefined();
    expect(planDigest([makeWaiting(1, { template: huge }), makeWaiting(2, { template: huge })])).toBeUndefined();
  });

  it('leaves out what cannot be said any more', () => {
    const digest = planDigest([
      makeWaiting(1),
      makeWaiting('x'.repeat(99)),
      makeWaiting(3),
      makeWaiting(4, { routeNo: 9 }),
    ]);
    expect(digest?.sources.map(({ messageId }) => messageId.at(-1))).toEqual(['1', '3']);
  });
});

describe('the key of what may be joined', () => {
  const keyOf = async (
    changes: Partial<TemplateDefinition>,
    request: Parameters<typeof makeRequest>[1] = {},
    recipients: readonly string[] = [],
  ): Promise<string | undefined> => {
    const plan = await makePlan(
      makeRequest(recipients, { template: makeTemplate(changes), params: { n: 1 }, ...request }),
    );
    const [delivery] = plan.deliveries;
    return delivery && mergeKeyOf(plan, delivery);
  };

  it('is the template', async () => {
    await expect(keyOf(BOARD)).resolves.toBe('test');
  });

  it.each([
    ['that wait for a slot', { ...BOARD, overflow: 'delay' }, {}, []],
    ['to people', { overflow: 'merge' }, {}, ['a']],
    ['that somebody tries out', BOARD, { isTest: true }, []],
    ['without a template', BOARD, { inlineContent: { kind: 'text' } }, []],
  ] as [string, Partial<TemplateDefinition>, Parameters<typeof makeRequest>[1], string[]][])(
    'is none for messages %s',
    async (_which, changes, request, recipients) => {
      await expect(keyOf(changes, request, recipients)).resolves.toBeUndefined();
    },
  );
});
