import { describe, expect, it } from '@jest/globals';
import { judge, type Figures } from './judge.js';
import type { Submitted } from './load.js';
import type { Risk } from './messages.js';
import type { StoredMessage } from './records.js';

interface One {
  readonly risk?: Risk;
  readonly status?: string;
  readonly copies: number;
  readonly unclear?: number;
  readonly flagged?: boolean;
  readonly ids?: readonly string[];
}

/** Figures of one message. */
function figuresOf({ copies, flagged = false, ids = ['id'], risk = 'resent', status, unclear = 0 }: One): Figures {
  const submitted: Submitted = {
    text: 'x',
    risk,
    ids: new Set(ids),
    tries: 1,
    slowestTryMs: 1,
    refusals: new Map(),
    acceptedAtMs: 1_000,
  };
  const stored: StoredMessage[] =
    status === undefined
      ? []
      : [{ id: 'id', text: 'x', status, open_rows: 0, unclear, attempts: 1 + unclear, possible_duplicate: flagged }];
  const shown = Array.from({ length: copies }, (_, index) => ({ atMs: 3_000 + index, recalled: false }));
  return judge({ submitted: [submitted], stored, copiesOf: () => shown, healedAtMs: 2_000 });
}

describe('the judge of the fault suite', () => {
  it.each<readonly [string, One, Partial<Figures>]>([
    [
      'a message that arrived',
      { status: 'sent', copies: 1 },
      { delivered: 1, lost: 0, duplicated: 0, recoveryMs: 1_000 },
    ],
    ['one that is said to be sent and was never shown', { status: 'sent', copies: 0 }, { delivered: 0, lost: 1 }],
    ['one that was promised and is not stored', { copies: 0 }, { lost: 1 }],
    ['one that waits for a person', { status: 'unknown', copies: 0, unclear: 1 }, { lost: 0, unknown: 1 }],
    ['one that ended unsent', { status: 'expired', copies: 0 }, { lost: 0, ended: 1 }],
    ['one that is said to be unsent and was shown', { status: 'failed', copies: 1 }, { denied: 1 }],
    [
      'a copy that is explained',
      { status: 'sent', copies: 2, unclear: 1, flagged: true },
      { resent: 1, duplicated: 0 },
    ],
    ['a copy without its flag', { status: 'sent', copies: 2, unclear: 1 }, { resent: 0, duplicated: 1 }],
    ['a copy without a reason', { status: 'sent', copies: 2, flagged: true }, { resent: 0, duplicated: 1 }],
    [
      'more copies than reasons',
      { status: 'sent', copies: 3, unclear: 1, flagged: true },
      { resent: 1, duplicated: 1 },
    ],
    [
      'a copy where the vendor protects',
      { risk: 'protected', status: 'sent', copies: 2, unclear: 1, flagged: true },
      { duplicated: 1 },
    ],
    ['a copy of a held message', { risk: 'held', status: 'unknown', copies: 2, unclear: 1 }, { duplicated: 1 }],
    ['a key that became two messages', { status: 'sent', copies: 1, ids: ['a', 'b'] }, { twoIds: 1 }],
    ['a request that was never promised', { status: 'sent', copies: 1, ids: [] }, { accepted: 0, neverAccepted: 1 }],
  ])('counts %s', (_, one, expected) => {
    expect(figuresOf(one)).toMatchObject(expected);
  });
});
