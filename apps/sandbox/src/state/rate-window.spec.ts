import { describe, expect, it } from '@jest/globals';
import { RateWindow } from './rate-window.js';

describe('RateWindow', () => {
  it('slides: room returns when the oldest call leaves the window', () => {
    const window = new RateWindow({ limit: 2, windowMs: 1000, blockMs: 0 });
    expect([0, 400, 999, 1000, 1399, 1400].map((now) => window.admits(now))).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it('refuses everything during the penalty that one call too many brings', () => {
    const window = new RateWindow({ limit: 1, windowMs: 1000, blockMs: 5000 });
    expect([0, 500, 5499, 5500].map((now) => window.admits(now))).toEqual([true, false, false, true]);
  });

  it('does not count refused calls', () => {
    const window = new RateWindow({ limit: 1, windowMs: 1000, blockMs: 0 });
    expect([0, 900, 1000].map((now) => window.admits(now))).toEqual([true, false, true]);
  });
});
