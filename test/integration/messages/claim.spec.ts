import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { faultsInBooks, faultsInMoves, recordMoves } from './books.js';
import { attemptsOf, claimed, deliveryOf, lapse, startHeart, type Heart } from './heart.fixture.js';

let heart: Heart;

beforeAll(async () => {
  heart = await startHeart();
  await recordMoves(heart);
}, 60_000);

afterEach(async () => {
  await expect(faultsInBooks(heart)).resolves.toEqual([]);
  await expect(faultsInMoves(heart)).resolves.toEqual([]);
});

afterAll(() => heart.stop());

describe('a claim', () => {
  it('gives everything that is needed to send', async () => {
    const own = { user: 'b', params: { name: '李' } };
    const { id } = await heart.accept(['a', own], { params: { name: 'all', order: 'A1' }, priority: 'high' });
    const delivery = await claimed(heart.a, id, 2);
    expect(delivery).toMatchObject({
      messageId: id,
      no: 2,
      fence: 1,
      kind: 'first',
      routeNo: 1,
      channel: 'letter',
      account: 'letter-1',
      priority: 1,
      attempts: 0,
      resendBudget: 1,
      template: 'test',
      templateVersion: 1,
      params: { name: '李', order: 'A1' },
      recipients: [{ rowNo: 2, ref: 'user:b', addresseeType: 'user', addresseeId: 'b' }],
    });
    await expect(attemptsOf(heart, id, 2)).resolves.toMatchObject([{ no: 1, outcome: null }]);
  });

  it('is won by one of twenty at once, in two processes', async () => {
    const { id } = await heart.accept(['a']);
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? heart.a : heart.b).claims.claim(id, 1)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    await expect(deliveryOf(heart, id)).resolves.toMatchObject({ status: 'sending', fence: 1 });
  });

  it.each([
    ['waits for its time', `next_attempt_at = now() + interval '1 minute', status = 'scheduled'`],
    ['is over', `expire_at = now()`],
    ['was recalled', `recall_requested_at = now()`],
    ['has ended', `status = 'failed'`],
  ])('is refused for a delivery that %s', async (_case, change) => {
    const { id } = await heart.accept(['a']);
    await heart.query('ALTER TABLE delivery DISABLE TRIGGER record_move');
    await heart.query(`UPDATE delivery SET ${change} WHERE message_id = $1`, [id]);
    await heart.query('ALTER TABLE delivery ENABLE TRIGGER record_move');
    await expect(heart.a.claims.claim(id, 1)).resolves.toBeUndefined();
    await expect(attemptsOf(heart, id)).resolves.toEqual([]);
  });

  it('is refused while the message is being recalled', async () => {
    const { id } = await heart.accept(['a']);
    await heart.query('UPDATE message SET recall_requested_at = now() WHERE id = $1', [id]);
    await expect(heart.a.claims.claim(id, 1)).resolves.toBeUndefined();
  });

  it('is renewed while it is held, and not afterwards', async () => {
    const { id } = await heart.accept(['a']);
    const delivery = await claimed(heart.a, id);
    await expect(heart.a.claims.renew([delivery])).resolves.toEqual(new Set([`${id}.1`]));
    await lapse(heart, id);
    await heart.b.sweep.endLapsedLeases(10);
    await claimed(heart.b, id);
    await expect(heart.a.claims.renew([delivery])).resolves.toEqual(new Set());
  });

  it('of many deliveries at once is one statement', async () => {
    const plans = await Promise.all(Array.from({ length: 60 }, () => heart.accept(['a'])));
    const claims = await Promise.all(plans.map(({ id }) => heart.a.claims.claim(id, 1)));
    expect(claims.map((delivery) => delivery?.messageId)).toEqual(plans.map(({ id }) => id));
  });
});
