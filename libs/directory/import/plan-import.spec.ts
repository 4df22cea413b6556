import { describe, expect, it } from '@jest/globals';
import type { ImportedPerson } from './people-table.js';
import { planImport, type ImportPlan, type ImportedInto } from './plan-import.js';

const known = (user: string, changes: Partial<ImportedInto> = {}): ImportedInto => ({
  user,
  name: user,
  mobile: null,
  email: null,
  department: null,
  active: true,
  keys: {},
  ...changes,
});

function plan(
  rows: readonly Omit<ImportedPerson, 'row'>[],
  people: readonly ImportedInto[] = [],
  owners: Readonly<Record<string, string>> = {},
): ImportPlan {
  const numbered = rows.map((row, index) => ({ ...row, row: index + 2 }));
  return planImport(numbered, new Map(people.map((one) => [one.user, one])), new Map(Object.entries(owners)));
}

describe('what an import means', () => {
  it('adds whoever is new, under the user id where there is no name', () => {
    expect(plan([{ user: 'E1', identities: [] }]).added).toEqual([
      { user: 'E1', name: 'E1', mobile: null, email: null, department: null, active: true },
    ]);
  });

  it('changes only columns that are there; an empty cell empties', () => {
    const before = known('E1', { name: 'A', mobile: '138', email: 'a@b' });
    const { changed } = plan([{ user: 'E1', mobile: null, identities: [] }], [before]);
    expect(changed).toMatchObject([{ name: 'A', mobile: null, email: 'a@b' }]);
  });

  it('finds nothing to do the second time', () => {
    const row = { user: 'E1', name: 'A', identities: [{ family: 'wecom', providerUserId: 'ZOE' }] } as const;
    const { changed, identities, unchanged } = plan([row], [known('E1', { name: 'A', keys: { wecom: 'zoe' } })]);
    expect([changed, identities, unchanged]).toEqual([[], [], 1]);
  });

  it('takes no identity from somebody else, also not from an earlier row', () => {
    const row = (user: string, providerUserId: string) =>
      ({ user, identities: [{ family: 'wecom', providerUserId }] }) as const;
    const { conflicts, identities } = plan([row('E1', 'a'), row('E2', 'b'), row('E3', 'B')], [], { 'wecom a': 'E9' });
    expect(identities).toMatchObject([{ user: 'E2', key: 'b' }]);
    expect(conflicts.map(({ message, row: at }) => `${at} ${message}`)).toEqual([
      '2 a belongs to E9',
      '4 B belongs to E2',
    ]);
  });
});
