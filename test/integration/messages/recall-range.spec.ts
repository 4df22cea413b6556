import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonValue } from '#libs/core';
import type { Recall } from '#libs/messages';
import { waitFor } from '#libs/testing';
import type { CompiledTemplate } from '#libs/templates';
import { CALLER, makePlan, makeRequest, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks } from './books.js';
import { claimed, messageOf, sentOutcome, startHeart, type Heart } from './heart.fixture.js';

let heart: Heart;

beforeAll(async () => {
  heart = await startHeart();
}, 60_000);

afterEach(async () => {
  await expect(faultsInBooks(heart)).resolves.toEqual([]);
});

afterAll(() => heart.stop());

const request = { callerId: CALLER, keyName: 'test' };
const OTHER = '0197c2f4-7a00-7000-8000-00000000ca12';
let last = 0;
const ownTemplate = (): CompiledTemplate => makeTemplate({}, `range-${(last += 1)}`);

const anHour = (template: string, beforeMs = Date.now() + 1_000) => ({
  template,
  createdAfter: new Date(beforeMs - 3_600_000),
  createdBefore: new Date(beforeMs),
});

const start = (template: string, visibleTo?: string): Promise<Recall> => {
  const range = anHour(template);
  const selector = { template, createdAfter: 'a', createdBefore: 'b' };
  return heart.a.rangeRecalls.start(range, visibleTo, { ...request, selector });
};

async function acceptMany(template: CompiledTemplate, count: number, callerId = CALLER): Promise<string[]> {
  const recipients: JsonValue[] = ['a'];
  const plans = await Promise.all(
    Array.from({ length: count }, () => makePlan(makeRequest(recipients, { template }), { callerId })),
  );
  await heart.a.accept.insert(plans.map((plan) => ({ plan, published: false })));
  return plans.map(({ id }) => id);
}

/** Both processes work on it until nothing is due; the second look of a scan comes five seconds later. */
async function finish(id: string): Promise<Recall> {
  return waitFor(
    async () => {
      await Promise.all([heart.a.rangeRecalls.advance(), heart.b.rangeRecalls.advance()]);
      const recall = await heart.a.recallStore.get(id);
      return recall.isSelecting ? undefined : recall;
    },
    { what: 'the end of the scan', deadlineMs: 20_000 },
  );
}

describe('a recall by template and time', () => {
  it('finds every message, page by page and only once, whichever processes look', async () => {
    const template = ownTemplate();
    const ids = await acceptMany(template, 1_203);
    const begun = await start(template.code ?? '');
    expect(begun).toMatchObject({ status: 'running', isSelecting: true, messageCount: 500, counts: { canceled: 500 } });
    await expect(finish(begun.id)).resolves.toMatchObject({
      status: 'finished',
      messageCount: 1_203,
      itemCount: 1_203,
      counts: { canceled: 1_203, recalled: 0, failed: 0, uncertain: 0 },
    });
    await expect(messageOf(heart, ids[0] ?? '')).resolves.toMatchObject({ status: 'canceled', recall_id: begun.id });
  });

  it('stops the newest messages first', async () => {
    const template = ownTemplate();
    const ids = (await acceptMany(template, 600)).sort();
    await start(template.code ?? '');
    await expect(messageOf(heart, ids.at(-1) ?? '')).resolves.toMatchObject({ status: 'canceled' });
    await expect(messageOf(heart, ids[0] ?? '')).resolves.toMatchObject({ status: 'accepted' });
  });

  it('looks again for what was committed behind its back', async () => {
    const template = ownTemplate();
    const late = await makePlan(makeRequest(['a'], { template }));
    await acceptMany(template, 3);
    const begun = await start(template.code ?? '');
    expect(begun).toMatchObject({ isSelecting: true, messageCount: 3 });
    await heart.a.accept.insert([{ plan: late, published: false }]);
    await expect(finish(begun.id)).resolves.toMatchObject({ messageCount: 4, counts: { canceled: 4 } });
    await expect(messageOf(heart, late.id)).resolves.toMatchObject({ status: 'canceled' });
  });

  it('touches neither other templates, nor other times, nor what its caller may not see', async () => {
    const template = ownTemplate();
    const own = await acceptMany(template, 2);
    const [foreign = ''] = await acceptMany(template, 1, OTHER);
    const [other = ''] = await acceptMany(ownTemplate(), 1);
    const range = anHour(template.code ?? '', Date.now() - 60_000);
    await expect(heart.a.rangeRecalls.count(range)).resolves.toBe(0);
    await expect(heart.a.rangeRecalls.count(anHour(template.code ?? ''))).resolves.toBe(3);
    const { id } = await start(template.code ?? '', CALLER);
    await expect(finish(id)).resolves.toMatchObject({ messageCount: own.length });
    for (const untouched of [foreign, other]) {
      await expect(messageOf(heart, untouched)).resolves.toMatchObject({ status: 'accepted', recall_id: null });
    }
  });

  it('is finished when the last part has its answer', async () => {
    const template = ownTemplate();
    const [id = ''] = await acceptMany(template, 1);
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id)));
    const begun = await start(template.code ?? '');
    await expect(finish(begun.id)).resolves.toMatchObject({ status: 'running', openItems: 1 });
    const item = await heart.b.recallItems.claim(begun.id, id, 1);
    if (!item) throw new TypeError('the item is not to be had');
    await heart.b.recallItems.finish({ item, status: 'recalled', counts: true });
    await expect(heart.a.recallStore.get(begun.id)).resolves.toMatchObject({ status: 'finished', openItems: 0 });
  });

  it('can be looked at beforehand without touching anything', async () => {
    const template = ownTemplate();
    const [id = ''] = await acceptMany(template, 2);
    await expect(heart.a.rangeRecalls.preview(anHour(template.code ?? ''), undefined)).resolves.toMatchObject({
      messages: 2,
      examined: 2,
      counts: { canceled: 2, recallable: 0 },
    });
    await expect(messageOf(heart, id)).resolves.toMatchObject({ status: 'accepted' });
  });
});
