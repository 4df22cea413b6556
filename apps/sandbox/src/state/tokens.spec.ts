import { describe, expect, it } from '@jest/globals';
import { ResetRegistry } from './reset-registry.js';
import { SandboxClock } from './sandbox-clock.js';
import { Tokens } from './tokens.js';

function makeTokens(): { tokens: Tokens; clock: SandboxClock } {
  const clock = new SandboxClock({ now: () => new Date(0), monotonicMs: () => 0 });
  return { tokens: new Tokens(clock, new ResetRegistry()), clock };
}

let created = 0;
const create = (): string => `token-${(created += 1)}`;

describe('Tokens', () => {
  it('returns one token until it expires, then a new one', () => {
    const { tokens, clock } = makeTokens();
    const policy = { create, prolongs: false };
    const first = tokens.issue('app', policy);
    clock.advance(7_199_001);
    expect(tokens.issue('app', policy)).toEqual({ value: first.value, expiresInS: 1 });
    clock.advance(999);
    expect(tokens.check(first.value)).toEqual({ refused: 'expired' });
    expect(tokens.issue('app', policy).value).not.toBe(first.value);
  });

  it('prolongs where the vendor does', () => {
    const { tokens, clock } = makeTokens();
    const policy = { create, prolongs: true };
    const { value } = tokens.issue('app', policy);
    clock.advance(7_000_000);
    expect(tokens.issue('app', policy)).toEqual({ value, expiresInS: 7200 });
    clock.advance(7_000_000);
    expect(tokens.check(value)).toEqual({ account: 'app' });
  });

  it('revokes one app without touching the others', () => {
    const { tokens } = makeTokens();
    const policy = { create, prolongs: false };
    const [a, b] = [tokens.issue('a', policy), tokens.issue('b', policy)];
    expect(tokens.revoke('a')).toBe(1);
    expect(tokens.check(a.value)).toEqual({ refused: 'unknown' });
    expect(tokens.check(b.value)).toEqual({ account: 'b' });
  });
});
