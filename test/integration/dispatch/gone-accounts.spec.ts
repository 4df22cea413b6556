import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { PermanentDeliveryError } from '#libs/core';
import type { TemplateDefinition } from '#libs/templates';
import { makeRouteDefinition } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks } from '../messages/books.js';
import { DispatchSystem } from './dispatch.fixture.js';

const PASS = { perPair: 200, total: 1_000, againMs: 10_000, highOnly: false };

let system: DispatchSystem;

beforeAll(async () => {
  system = await DispatchSystem.start();
  await system.query(`DELETE FROM account WHERE code = 'note-1'`);
}, 60_000);

afterEach(async () => {
  await expect(faultsInBooks(system)).resolves.toEqual([]);
});

afterAll(() => system.stop());

const onwards: Partial<TemplateDefinition> = {
  routes: [
    makeRouteDefinition('letter'),
    makeRouteDefinition('note', { text: 'otherwise' }),
    makeRouteDefinition('board'),
  ],
  fallback: { on: ['failed'], afterSeconds: 600 },
};

describe('a delivery of an account that was deleted', () => {
  it('is taken by the sweep and fails, saying so', async () => {
    const plan = await system.accept(['a'], { routes: [makeRouteDefinition('note')] });
    await expect(system.sweep.takeDue(PASS)).resolves.toMatchObject([{ messageId: plan.id, deliveryNo: 1 }]);
    await system.dispatch(plan);
    await expect(system.fates(plan)).resolves.toEqual(['failed account_missing']);
    await expect(system.attempts(plan)).resolves.toEqual([]);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'failed', reason: 'account_missing' });
  });

  it('that a fallback has led to goes on to the next route', async () => {
    const plan = await system.accept(['a'], onwards);
    system.vendor.arrange(new PermanentDeliveryError('content_invalid', 'x'));
    await system.dispatch(plan);
    await expect(system.sweep.takeDue(PASS)).resolves.toMatchObject([{ messageId: plan.id, deliveryNo: 2 }]);
    await system.dispatch(plan, 2);
    await system.dispatch(plan, 3);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'sent', counts: { sent: 1 } });
  });
});
