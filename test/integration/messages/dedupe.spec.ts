import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonValue } from '#libs/core';
import type { ClaimAnswer, ClaimSettlement, DedupeClaim } from '#libs/messages';
import { makeTemplate } from '../../../libs/messages/testing/factories.js';
import {
  claimed,
  failedOutcome,
  lapse,
  outcomeOf,
  sentOutcome,
  startHeart,
  unknownOutcome,
  type Heart,
  type Process,
} from './heart.fixture.js';

let heart: Heart;

beforeAll(async () => {
  heart = await startHeart();
}, 60_000);

afterAll(() => heart.stop());

const WINDOW = 300;
const keyOf = (): Buffer => randomBytes(32);
const hold = makeTemplate({ onAmbiguous: 'hold' });

const person = (id: string, ref = `user:${id}`, addresseeType = 'user') => ({ ref, addresseeType, addresseeId: id });

const claimFor = (
  key: Buffer,
  messageId: string,
  changes: Partial<DedupeClaim> = {},
  process: Process = heart.a,
): Promise<ClaimAnswer> =>
  process.dedupe.claim({
    key,
    messageId,
    maxOwners: 1,
    windowSeconds: WINDOW,
    recipient: person('a'),
    ...changes,
  });

const messages = async (count: number, recipients: readonly JsonValue[] = ['a']): Promise<string[]> =>
  (await Promise.all(Array.from({ length: count }, () => heart.accept(recipients, { template: hold })))).map(
    ({ id }) => id,
  );

/** Two messages to one person, the first of which owns the key. */
async function ownedKey(): Promise<{ key: Buffer; owner: string; other: string }> {
  const [owner = '', other = ''] = await messages(2);
  const key = keyOf();
  await expect(claimFor(key, owner)).resolves.toEqual({ granted: true });
  return { key, owner, other };
}

const settle = async (owner: string, claims: readonly ClaimSettlement[], end = sentOutcome): Promise<void> => {
  await heart.a.outcomes.write({ ...end(await claimed(heart.a, owner)), claims });
};

const age = (key: Buffer, seconds: number) =>
  heart.query(
    `UPDATE dedupe_claim SET until = ARRAY(SELECT t - $2 * interval '1 s' FROM unnest(until) AS t) WHERE key = $1`,
    [key, seconds],
  );

describe('a note of what is sent', () => {
  const note = async (key: Buffer, messageId: string, process: Process = heart.a): Promise<number | undefined> =>
    (await process.dedupe.note([{ key, messageId }]))[0];

  it('is seen by all but one of fifty messages at once, in two processes', async () => {
    const ids = await messages(50);
    const key = keyOf();
    const seen = await Promise.all(ids.map((id, index) => note(key, id, index % 2 === 0 ? heart.a : heart.b)));
    expect(seen.filter((ago) => ago === undefined)).toHaveLength(1);
  });

  it('is no obstacle to the message itself, however often it is sent', async () => {
    const [id = ''] = await messages(1);
    const key = keyOf();
    await expect(note(key, id)).resolves.toBeUndefined();
    await expect(note(key, id, heart.b)).resolves.toBeUndefined();
  });

  it('says how long ago the last of the others was, and is kept for four hours', async () => {
    const [first = '', second = '', third = ''] = await messages(3);
    const key = keyOf();
    await note(key, first);
    await age(key, 600);
    await note(key, second);
    await age(key, 300);
    const ago = await note(key, third);
    expect(ago).toBeGreaterThanOrEqual(300);
    expect(ago).toBeLessThan(400);
    await age(key, 14_400);
    await expect(note(key, first)).resolves.toBeUndefined();
  });

  it('keeps few of many', async () => {
    const key = keyOf();
    for (const id of await messages(9)) await note(key, id);
    await expect(
      heart.query('SELECT cardinality(owners) AS n FROM dedupe_claim WHERE key = $1', [key]),
    ).resolves.toEqual([{ n: 4 }]);
  });
});

describe('a dedupe claim', () => {
  it('is granted to one of fifty messages at once, in two processes', async () => {
    const ids = await messages(50);
    const key = keyOf();
    const answers = await Promise.all(
      ids.map((id, index) => claimFor(key, id, {}, index % 2 === 0 ? heart.a : heart.b)),
    );
    const winners = ids.filter((_, index) => answers[index]?.granted);
    expect(winners).toHaveLength(1);
    const holders = new Set(answers.map((answer) => (answer.granted ? winners[0] : answer.holder)));
    expect([...holders]).toEqual(winners);
  });

  it('is granted to as many messages as the rule allows', async () => {
    const ids = await messages(8);
    const key = keyOf();
    const answers = await Promise.all(ids.map((id) => claimFor(key, id, { maxOwners: 3 })));
    expect(answers.filter(({ granted }) => granted)).toHaveLength(3);
  });

  it('is granted again to the message that owns it', async () => {
    const { key, other, owner } = await ownedKey();
    await expect(claimFor(key, owner, {}, heart.b)).resolves.toEqual({ granted: true });
    await expect(claimFor(key, other)).resolves.toEqual({ granted: false, holder: owner });
  });

  it('names the youngest owner to whoever is refused', async () => {
    const [first = '', second = '', third = ''] = await messages(3);
    const key = keyOf();
    await claimFor(key, first, { maxOwners: 2 });
    await claimFor(key, second, { maxOwners: 2 });
    await expect(claimFor(key, third, { maxOwners: 2 })).resolves.toEqual({ granted: false, holder: second });
  });

  it('of an open owner does not run out', async () => {
    const { key, other, owner } = await ownedKey();
    await age(key, 1_000_000);
    await expect(claimFor(key, other)).resolves.toEqual({ granted: false, holder: owner });
  });

  it('follows a rule that has become stricter or more generous', async () => {
    const [first = '', second = ''] = await messages(2);
    const key = keyOf();
    await claimFor(key, first);
    await expect(claimFor(key, second)).resolves.toMatchObject({ granted: false });
    await expect(claimFor(key, second, { maxOwners: 2 })).resolves.toEqual({ granted: true });
  });
});

describe('once its message has been sent, a claim', () => {
  it('stays for its window, counted from the call', async () => {
    const { key, other, owner } = await ownedKey();
    await settle(owner, [{ key, messageId: owner, keepSeconds: WINDOW }]);
    await expect(claimFor(key, other)).resolves.toEqual({ granted: false, holder: owner });
    await age(key, WINDOW - 5);
    await expect(claimFor(key, other)).resolves.toMatchObject({ granted: false });
    await age(key, 5);
    await expect(claimFor(key, other)).resolves.toEqual({ granted: true });
  });

  it('stays also when nobody knows whether it arrived', async () => {
    const { key, other, owner } = await ownedKey();
    await settle(owner, [{ key, messageId: owner, keepSeconds: WINDOW }], unknownOutcome);
    await expect(claimFor(key, other)).resolves.toMatchObject({ granted: false });
  });

  it('is open again while the message is sent once more', async () => {
    const { key, other, owner } = await ownedKey();
    await settle(owner, [{ key, messageId: owner, keepSeconds: WINDOW }], unknownOutcome);
    await heart.a.replays.replay({ messageId: owner, includeUnknown: true, actor: 'test' });
    await expect(claimFor(key, owner)).resolves.toEqual({ granted: true });
    await age(key, 10 * WINDOW);
    await expect(claimFor(key, other)).resolves.toEqual({ granted: false, holder: owner });
  });
});

describe('a claim is free for others', () => {
  it('when its message failed', async () => {
    const { key, other, owner } = await ownedKey();
    await settle(owner, [{ key, messageId: owner }], failedOutcome);
    await expect(claimFor(key, other)).resolves.toEqual({ granted: true });
  });

  it('when other owners of the same key stay', async () => {
    const [first = '', second = '', third = ''] = await messages(3);
    const key = keyOf();
    await claimFor(key, first, { maxOwners: 2 });
    await claimFor(key, second, { maxOwners: 2 });
    await settle(first, [{ key, messageId: first }], failedOutcome);
    await expect(claimFor(key, third, { maxOwners: 2 })).resolves.toEqual({ granted: true });
    await expect(claimFor(key, first, { maxOwners: 2 })).resolves.toMatchObject({ granted: false });
  });

  it.each([
    ['was canceled', (owner: string) => heart.a.cancels.cancelWaiting([owner], 'canceled_by_caller')],
    [
      'expired',
      async (owner: string) => {
        await heart.query('UPDATE delivery SET expire_at = now() WHERE message_id = $1', [owner]);
        await heart.a.sweep.expire(100);
      },
    ],
    [
      'was recalled',
      async (owner: string) => {
        await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, owner)));
        const { id } = await heart.a.recalls.recallMessage(owner, { callerId: owner, keyName: 'test' });
        const item = await heart.a.recallItems.claim(id, owner, 1);
        if (item) await heart.a.recallItems.finish({ item, status: 'recalled', counts: true });
      },
    ],
    ['is gone', (owner: string) => heart.query('DELETE FROM recipient WHERE message_id = $1', [owner])],
  ])('when its message %s, though nobody settled it', async (_case, end) => {
    const { key, other, owner } = await ownedKey();
    await end(owner);
    await expect(claimFor(key, other, {}, heart.b)).resolves.toEqual({ granted: true });
  });

  it('only after the window when the worker died and nobody knows', async () => {
    const { key, other, owner } = await ownedKey();
    await claimed(heart.a, owner);
    await lapse(heart, owner);
    await heart.a.sweep.endLapsedLeases(100);
    await expect(claimFor(key, other)).resolves.toEqual({ granted: false, holder: owner });
    await heart.query(`UPDATE recipient SET updated_at = now() - interval '301 s' WHERE message_id = $1`, [owner]);
    await age(key, WINDOW);
    await expect(claimFor(key, other)).resolves.toEqual({ granted: true });
  });

  it('not while its message is only waiting', async () => {
    const { key, other, owner } = await ownedKey();
    const delivery = await claimed(heart.a, owner);
    await heart.a.outcomes.write(outcomeOf(delivery, { status: 'scheduled', reason: 'retry', waitMs: 60_000 }));
    await expect(claimFor(key, other)).resolves.toMatchObject({ granted: false });
  });
});

describe('one person, written in two ways,', () => {
  it('is the same person when it is asked what became of the owner', async () => {
    const [owner = ''] = await messages(1, [{ user: 'LiSi' }]);
    const [other = ''] = await messages(1, [{ wecom: 'lisi' }]);
    const key = keyOf();
    await claimFor(key, owner, { recipient: person('LiSi') });
    const asVendorId = person('lisi', 'wecom:lisi', 'native');
    await expect(claimFor(key, other, { recipient: asVendorId })).resolves.toEqual({ granted: false, holder: owner });
    await heart.a.cancels.cancelWaiting([owner], 'canceled_by_caller');
    await expect(claimFor(key, other, { recipient: asVendorId })).resolves.toEqual({ granted: true });
  });

  it('is not the department that has the same id', async () => {
    const [owner = '', other = ''] = await messages(2, [{ department: '7' }]);
    const key = keyOf();
    const department = person('7', 'department:7', 'department');
    await claimFor(key, owner, { recipient: department });
    await expect(claimFor(key, other, { recipient: department })).resolves.toMatchObject({ granted: false });
  });
});

describe('a former holder of a delivery', () => {
  it('releases no claim: the delivery is under way again', async () => {
    const { id: owner } = await heart.accept(['a'], { template: makeTemplate() });
    const [other = ''] = await messages(1);
    const key = keyOf();
    await claimFor(key, owner);
    const former = await claimed(heart.a, owner);
    await lapse(heart, owner);
    await heart.b.sweep.endLapsedLeases(10);
    await claimed(heart.b, owner);
    await heart.a.outcomes.write({ ...failedOutcome(former), claims: [{ key, messageId: owner }] });
    await expect(heart.a.dedupe.count([key])).resolves.toEqual(new Map([[key.toString('hex'), 1]]));
    await expect(claimFor(key, other)).resolves.toEqual({ granted: false, holder: owner });
  });
});

describe('claims that have all run out', () => {
  it('are dropped', async () => {
    const { key, owner } = await ownedKey();
    await heart.a.dedupe.purge(new Date());
    await settle(owner, [{ key, messageId: owner, keepSeconds: WINDOW }]);
    const rows = () => heart.query('SELECT FROM dedupe_claim WHERE key = $1', [key]);
    await expect(rows()).resolves.toHaveLength(1);
    await age(key, WINDOW);
    await heart.a.dedupe.purge(new Date());
    await expect(rows()).resolves.toHaveLength(0);
  });
});
