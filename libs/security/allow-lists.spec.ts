import { describe, expect, it } from '@jest/globals';
import { requireAccount, requireOwnRights, requireTemplate } from './allow-lists.js';
import type { Identity } from './identity.js';
import { PRESETS } from './scopes.js';

const makeIdentity = (changes: Partial<Identity> = {}): Identity => ({
  callerId: 'caller-1',
  callerCode: 'erp',
  keyName: 'key',
  preset: 'admin',
  scopes: new Set(PRESETS.admin),
  ...changes,
});

const all = { scopes: PRESETS.admin, templates: null, accounts: null };
const codeOf = (code: string): unknown => expect.objectContaining({ code });

describe('allow-lists of a key', () => {
  it('allow everything when absent', () => {
    expect(() => requireTemplate(makeIdentity(), 'order-paid')).not.toThrow();
    expect(() => requireAccount(makeIdentity(), 'sales-app')).not.toThrow();
  });

  it('allow what they name, with a wildcard at the end', () => {
    const identity = makeIdentity({ templates: ['order-*'], accounts: ['sales-app'] });
    expect(() => requireTemplate(identity, 'order-paid')).not.toThrow();
    expect(() => requireTemplate(identity, 'invoice')).toThrow(codeOf('template_not_allowed'));
    expect(() => requireAccount(identity, 'sales-app')).not.toThrow();
    expect(() => requireAccount(identity, 'sales-app-2')).toThrow(codeOf('account_not_allowed'));
  });
});

describe('a key that makes keys', () => {
  it('hands out everything when nothing limits it', () => {
    expect(() => requireOwnRights(makeIdentity(), all)).not.toThrow();
  });

  it('hands out no scope it lacks', () => {
    const identity = makeIdentity({ scopes: new Set(['keys:write']) });
    expect(() => requireOwnRights(identity, { ...all, scopes: ['keys:write'] })).not.toThrow();
    expect(() => requireOwnRights(identity, { ...all, scopes: ['tokens:read'] })).toThrow(codeOf('missing_scope'));
  });

  it.each([
    ['templates', 'template_not_allowed'],
    ['accounts', 'account_not_allowed'],
  ] as const)('hands out no wider list of %s than its own', (list, code) => {
    const identity = makeIdentity({ [list]: ['order-*'] });
    for (const narrower of [['order-*'], ['order-paid'], ['order-p*'], []]) {
      expect(() => requireOwnRights(identity, { ...all, [list]: narrower })).not.toThrow();
    }
    for (const wider of [null, ['*'], ['order*'], ['order-paid', 'invoice']]) {
      expect(() => requireOwnRights(identity, { ...all, [list]: wider })).toThrow(codeOf(code));
    }
  });
});
