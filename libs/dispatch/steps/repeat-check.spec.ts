import { describe, expect, it } from '@jest/globals';
import type { ClaimedDelivery, DedupeStore, SendNote } from '#libs/messages';
import type { DedupeRules } from '#libs/templates';
import { makeClaimed, makePrepared, makeRecipient, makeTemplate } from '../testing/factories.js';
import type { PreparedDelivery } from './prepared-delivery.js';
import { decideRepeatCheck, tooLateToRepeat } from './repeat-check.js';

const ONCE: DedupeRules = { content: { windowSeconds: 300, limit: 1 }, frequency: null };

interface Circumstances {
  readonly dedupe?: DedupeRules;
  readonly delivery?: Partial<ClaimedDelivery>;
  /** What the author of the route says. */
  readonly asked?: number;
  /** Seconds since somebody else sent the same, per recipient. */
  readonly others?: readonly (number | undefined)[];
}

function prepare({ asked, dedupe = ONCE, delivery = {} }: Circumstances): PreparedDelivery {
  const prepared = makePrepared(makeClaimed(delivery), makeTemplate({ dedupe }));
  const repeatCheck = { longestSeconds: 14_400, asked: () => asked };
  return { ...prepared, route: { ...prepared.route, channel: { ...prepared.route.channel, repeatCheck } } };
}

async function decide(circumstances: Circumstances) {
  const notes: SendNote[] = [];
  const store = {
    note: (given: readonly SendNote[]) => {
      notes.push(...given);
      return Promise.resolve(circumstances.others ?? given.map(() => undefined));
    },
  } as unknown as DedupeStore;
  const prepared = prepare(circumstances);
  return { seconds: await decideRepeatCheck(prepared, store), notes, run: prepared.run };
}

describe('whether the vendor is asked to drop repetitions', () => {
  it.each([
    ['for the window in which the template sends a content once', {}, 300],
    [
      'not where the template sends a content more often',
      { dedupe: { ...ONCE, content: { windowSeconds: 300, limit: 2 } } },
      0,
    ],
    ['not where the template has no such rule', { dedupe: { content: null, frequency: null } }, 0],
    [
      'not for a longer time than the vendor looks back',
      { dedupe: { ...ONCE, content: { windowSeconds: 14_401, limit: 1 } } },
      0,
    ],
    ['not where another message said the same within the window', { others: [300] }, 0],
    ['where that was longer ago', { others: [301] }, 300],
    ['as the author of the route says, on', { asked: 600, others: [1] }, 600],
    ['as the author of the route says, off', { asked: 0 }, 0],
    ['as for the attempt before: on', { delivery: { repeatCheck: 300 }, others: [1] }, 300],
    ['as for the attempt before: off', { delivery: { repeatCheck: 0 } }, 0],
  ] as [string, Circumstances, number][])('%s', async (_when, circumstances, expected) => {
    await expect(decide(circumstances)).resolves.toMatchObject({ seconds: expected });
  });

  it('is one decision for all: a single recipient who has read the same forbids it', async () => {
    const recipients = [makeRecipient(1), makeRecipient(2)];
    await expect(decide({ delivery: { recipients }, others: [undefined, 5] })).resolves.toMatchObject({ seconds: 0 });
  });

  it('notes the content for every recipient, also where nothing is asked for', async () => {
    const recipients = [makeRecipient(1), makeRecipient(2)];
    const { notes, run } = await decide({ delivery: { recipients }, dedupe: { content: null, frequency: null } });
    expect(new Set(notes.map(({ key }) => key.toString('hex'))).size).toBe(2);
    expect(run.claims).toMatchObject([
      { rowNo: 1, isNote: true },
      { rowNo: 2, isNote: true },
    ]);
  });

  it('is no question where the vendor cannot be asked', async () => {
    const store = { note: () => Promise.reject(new Error('asked')) } as unknown as DedupeStore;
    await expect(decideRepeatCheck(makePrepared(), store)).resolves.toBeUndefined();
  });
});

describe('a repetition', () => {
  const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 22) + seconds * 1_000);
  const late = (afterSeconds: number, windowSeconds: number | undefined) =>
    tooLateToRepeat(prepare({ delivery: { unclearSince: at(0), claimedAt: at(afterSeconds) } }), windowSeconds);

  it('is made as long as the vendor surely knows the first one', () => {
    expect(late(240, 300)).toBeUndefined();
    expect(late(20, 60)).toBeUndefined();
  });

  it('that comes later is left to a person', () => {
    const unknown = { status: 'unknown', reason: 'resend_too_late', rest: { status: 'unknown' } };
    expect(late(241, 300)).toMatchObject(unknown);
    expect(late(31, 60)).toMatchObject(unknown);
  });

  it('that the vendor is not asked about has no such end', () => {
    expect(late(10_000, 0)).toBeUndefined();
    expect(late(10_000, undefined)).toBeUndefined();
    expect(tooLateToRepeat(prepare({}), 300)).toBeUndefined();
  });
});
