import { describe, expect, it } from '@jest/globals';
import { ResetRegistry } from '../state/reset-registry.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import { ResponseCodes } from './response-codes.service.js';

const HOUR_MS = 3_600_000;
const start = new Date('2026-08-20T00:00:00Z');

function makeCodes() {
  const clock = new SandboxClock({ now: () => start, monotonicMs: () => 0 });
  return { clock, codes: new ResponseCodes(clock, new ResetRegistry()) };
}

describe('a response code', () => {
  it('updates its card once', () => {
    const { codes } = makeCodes();
    const code = codes.issue('app', 'msg-1');
    expect(codes.redeem('app', code)).toBe('msg-1');
    expect(() => codes.redeem('app', code)).toThrow(expect.objectContaining({ code: 60140 }));
  });

  it('lives for 72 hours', () => {
    const { clock, codes } = makeCodes();
    const [early, late] = [codes.issue('app', 'msg-1'), codes.issue('app', 'msg-2')];
    clock.advance(72 * HOUR_MS);
    expect(codes.redeem('app', early)).toBe('msg-1');
    clock.advance(1);
    expect(() => codes.redeem('app', late)).toThrow(expect.objectContaining({ code: 60140 }));
  });

  it('belongs to the app that sent the card, and is left to it', () => {
    const { codes } = makeCodes();
    const code = codes.issue('app', 'msg-1');
    expect(() => codes.redeem('other', code)).toThrow(expect.objectContaining({ code: 42015 }));
    expect(codes.redeem('app', code)).toBe('msg-1');
  });
});
