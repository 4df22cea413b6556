import type { KeyLimits } from './key-limits.js';
import type { Preset, Scope } from './scopes.js';

/** Who is calling: a key, and the business system (caller) it belongs to. */
export interface Identity {
  readonly callerId: string;
  readonly callerCode: string;
  /** Absent for the admin key of the environment. */
  readonly keyId?: string;
  /** The first key of a line of rotations: what they use up is counted together. */
  readonly lineId?: string;
  readonly keyName: string;
  readonly preset: Preset;
  readonly scopes: ReadonlySet<Scope>;
  /** Template codes the key may use, `*` as wildcard at the end; absent: all. */
  readonly templates?: readonly string[];
  /** Account codes the key may use, `*` as wildcard at the end; absent: all. */
  readonly accounts?: readonly string[];
  readonly expiresAt?: Date;
  /** What the key may use up; absent: as much as it likes. */
  readonly limits?: KeyLimits;
}

/** Whether the key reads and recalls what every caller sent, not only its own. */
export const seesAllCallers = (identity: Identity): boolean => identity.preset !== 'caller';

/** Whether the key may learn the addresses that vendors are called from, and would have to trust. */
export const seesAddresses = (identity: Identity): boolean => identity.scopes.has('accounts:read');

const matches = (pattern: string, code: string): boolean =>
  pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : pattern === code;

export const mayUseTemplate = (identity: Identity, code: string): boolean =>
  identity.templates === undefined || identity.templates.some((pattern) => matches(pattern, code));

export const mayUseAccount = (identity: Pick<Identity, 'accounts'>, code: string): boolean =>
  identity.accounts === undefined || identity.accounts.some((pattern) => matches(pattern, code));
