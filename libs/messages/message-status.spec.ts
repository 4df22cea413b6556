import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finalMessageStatus, finalMessageStatusSql, noCounts } from './message-status.js';
import { FINAL_RECIPIENT_STATUSES, MESSAGE_STATUSES, type FinalRecipientStatus } from './states.js';
import { makeCounts } from './testing/factories.js';

const anyCounts = fc.record(
  Object.fromEntries(FINAL_RECIPIENT_STATUSES.map((status) => [status, fc.nat(2)])) as Record<
    FinalRecipientStatus,
    fc.Arbitrary<number>
  >,
);

describe('the final status of a message', () => {
  it.each([
    [{ sent: 3 }, 'sent'],
    [{ sent: 1, delivered: 1 }, 'sent'],
    [{ delivered: 1, read: 1 }, 'delivered'],
    [{ read: 2 }, 'read'],
    [{ read: 1, recalled: 1, suppressed: 1 }, 'read'],
    [{ sent: 1, suppressed: 5 }, 'sent'],
    [{ sent: 1, recalled: 2 }, 'sent'],
    [{ sent: 2, failed: 1 }, 'partial'],
    [{ read: 2, invalid: 1 }, 'partial'],
    [{ sent: 1, expired: 1 }, 'partial'],
    [{ delivered: 1, canceled: 1 }, 'partial'],
    [{ failed: 1, invalid: 1 }, 'failed'],
    [{ invalid: 2 }, 'failed'],
    [{ failed: 1, expired: 1, canceled: 1, suppressed: 1 }, 'failed'],
    [{ expired: 1, canceled: 1 }, 'expired'],
    [{ canceled: 1, suppressed: 1 }, 'canceled'],
    [{ suppressed: 2 }, 'suppressed'],
    [{ recalled: 1, failed: 1 }, 'recalled'],
    [{ recalled: 2 }, 'recalled'],
    [{ sent: 5, unknown: 1 }, 'unknown'],
    [{ recalled: 5, unknown: 1 }, 'unknown'],
  ])('of %j is %s', (counts, status) => {
    expect(finalMessageStatus(makeCounts(counts))).toBe(status);
  });

  it('is a final state of a message, whatever became of the recipients', () => {
    const final = MESSAGE_STATUSES.filter((status) => !['accepted', 'sending', 'scheduled'].includes(status));
    fc.assert(fc.property(anyCounts, (counts) => expect(final).toContain(finalMessageStatus(counts))));
  });

  it('never hides that somebody was reached, or that nobody knows', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const status = finalMessageStatus(counts);
        const reached = counts.sent + counts.delivered + counts.read > 0;
        expect(status === 'unknown').toBe(counts.unknown > 0);
        expect(counts.unknown === 0 && reached).toBe(['sent', 'delivered', 'read', 'partial'].includes(status));
      }),
    );
  });

  it('asks for every counter by the expression it is given', () => {
    const sql = finalMessageStatusSql((status) => `<${status}>`);
    const asked = FINAL_RECIPIENT_STATUSES.filter((status) => sql.includes(`<${status}>`));
    // Suppressed rows decide nothing: they are what is left when no rule fits.
    expect(asked).toEqual(FINAL_RECIPIENT_STATUSES.filter((status) => status !== 'suppressed'));
  });

  it('begins with no recipients at all', () => {
    expect(Object.keys(noCounts())).toEqual([...FINAL_RECIPIENT_STATUSES]);
  });
});
