import { describe, expect, it } from '@jest/globals';
import { RateLimits } from '../state/rate-limits.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import { DAILY_PER_PERSON, WorkLedger } from './work-ledger.service.js';

function makeLedger(now: string): { ledger: WorkLedger; clock: SandboxClock } {
  const clock = new SandboxClock({ now: () => new Date(now), monotonicMs: () => 0 });
  const resets = new ResetRegistry();
  return { ledger: new WorkLedger(clock, new RateLimits(clock, resets), resets), clock };
}

const text = (content: string): { msgtype: string; text: { content: string } } => ({
  msgtype: 'text',
  text: { content },
});

describe('WorkLedger', () => {
  it('gives a person 500 messages a day, per app', () => {
    const { ledger } = makeLedger('2026-08-20T00:00:00Z');
    for (let n = 0; n < DAILY_PER_PERSON; n += 1) expect(ledger.divide('app', text(`${n}`), ['lisi']).size).toBe(0);
    expect([...ledger.divide('app', text('more'), ['lisi', 'wangwu'])]).toEqual([['lisi', 'daily_limit']]);
    expect(ledger.divide('other', text('more'), ['lisi']).size).toBe(0);
  });

  it('ends the day at midnight in China', () => {
    const { ledger, clock } = makeLedger('2026-08-20T15:59:00Z');
    ledger.divide('app', text('a'), ['lisi']);
    expect([...ledger.divide('app', text('a'), ['lisi'])]).toEqual([['lisi', 'same_content_today']]);
    clock.advance(60_000);
    expect(ledger.divide('app', text('a'), ['lisi']).size).toBe(0);
  });

  it('reaches 5,000 persons a minute', () => {
    const { ledger } = makeLedger('2026-08-20T00:00:00Z');
    const members = Array.from({ length: 5001 }, (_, n) => `m${n}`);
    expect([...ledger.divide('app', text('a'), members)]).toEqual([['m5000', 'minute_limit']]);
  });
});
