import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FoundUser } from './address-book.js';
import { matchPeople, type KnownPerson, type MatchPlan } from './match-people.js';

const found = (id: string, changes: Partial<FoundUser> = {}): FoundUser => ({
  key: id.toLowerCase(),
  id,
  name: id,
  isActive: true,
  ...changes,
});

const person = (user: string, changes: Partial<KnownPerson> = {}): KnownPerson => ({
  user,
  name: user,
  mobile: null,
  email: null,
  department: null,
  active: true,
  isFromSync: false,
  key: null,
  isStale: false,
  ...changes,
});

const match = (
  users: readonly FoundUser[],
  people: readonly KnownPerson[],
  settled: readonly string[] = [],
): MatchPlan => matchPeople(users, { people, settled: new Set(settled) });

describe('matching an address book with the directory', () => {
  it('knows people by the vendor’s id, and tells what reads differently only of people from syncs', () => {
    const plan = match(
      [found('Zoe', { name: 'Zoe Zhang', mobile: '138' }), found('Li'), found('Wu', { name: 'Wu 2' })],
      [
        person('u1', { key: 'zoe', isFromSync: true }),
        person('u2', { key: 'li', name: 'Li', isFromSync: true, mobile: '137' }),
        person('u3', { key: 'wu' }),
      ],
    );
    expect(plan.known.map(({ isChanged, user }) => [user, isChanged])).toEqual([
      ['u1', true],
      ['u2', false],
      ['u3', false],
    ]);
  });

  it('finds people by mobile before e-mail, and by a user id of the same name', () => {
    const plan = match(
      [found('a', { mobile: '138', email: 'x@y' }), found('b', { email: 'b@y' }), found('E3', { name: 'Three' })],
      [
        person('u1', { mobile: '138' }),
        person('u2', { email: 'x@y' }),
        person('u3', { email: 'b@y' }),
        person('E3', { name: 'Three' }),
      ],
    );
    expect(plan.bound.map(({ by, user }) => [user, by])).toEqual([
      ['u1', 'mobile'],
      ['u3', 'email'],
      ['E3', 'user_id'],
    ]);
  });

  it('never guesses', () => {
    const plan = match(
      [found('a', { mobile: '1' }), found('b', { mobile: '2' }), found('E3', { name: 'Other' })],
      [
        person('u1', { mobile: '1' }),
        person('u2', { mobile: '1' }),
        person('u3', { mobile: '2', key: 'b-before' }),
        person('E3', { name: 'Three' }),
      ],
    );
    expect(plan.conflicts.map(({ kind, users }) => [kind, users])).toEqual([
      ['several_people', ['u1', 'u2']],
      ['other_identity', ['u3']],
      ['same_user_id', ['E3']],
    ]);
    expect([plan.bound, plan.created]).toEqual([[], []]);
  });

  it('replaces an id that is not used any more, and gives one person to one member', () => {
    const plan = match(
      [found('new1', { mobile: '1' }), found('new2', { mobile: '1' })],
      [person('u1', { mobile: '1', key: 'old', isStale: true })],
    );
    expect(plan.bound).toMatchObject([{ user: 'u1', found: { id: 'new1' } }]);
    expect(plan.conflicts).toMatchObject([{ kind: 'other_identity', found: { id: 'new2' } }]);
  });

  it('leaves strangers who are disabled, and those about whom somebody has decided', () => {
    const plan = match([found('gone', { isActive: false }), found('settled')], [], ['settled']);
    expect(plan).toEqual({ known: [], bound: [], created: [], conflicts: [] });
  });

  it('does not take people for candidates who have left', () => {
    const plan = match(
      [found('a', { mobile: '1' })],
      [person('u1', { mobile: '1', active: false }), person('u2', { mobile: '1' })],
    );
    expect(plan.bound).toMatchObject([{ user: 'u2' }]);
  });

  it('puts every member in one place, and binds no person twice', () => {
    const number = fc.integer({ min: 0, max: 6 });
    const member = fc.record({ id: number, mobile: fc.option(number), isActive: fc.boolean() });
    const known = fc.record({ mobile: fc.option(number), key: fc.option(number), isStale: fc.boolean() });
    fc.assert(
      fc.property(
        fc.uniqueArray(member, { selector: ({ id }) => id }),
        fc.uniqueArray(known, { selector: ({ key }) => key ?? {} }),
        (members, people) => {
          const users = members.map(({ id, isActive, mobile }) =>
            found(`m${id}`, { isActive, ...(mobile !== null && { mobile: String(mobile) }) }),
          );
          const plan = match(
            users,
            people.map(({ isStale, key, mobile }, index) =>
              person(`p${index}`, {
                isStale,
                key: key === null ? null : `m${key}`,
                mobile: mobile === null ? null : String(mobile),
              }),
            ),
          );
          const placed = [
            ...plan.known.map((item) => item.found.key),
            ...plan.bound.map((item) => item.found.key),
            ...plan.created.map(({ key }) => key),
            ...plan.conflicts.map((item) => item.found.key),
          ];
          expect(new Set(placed).size).toBe(placed.length);
          const bound = plan.bound.map(({ user }) => user);
          expect(new Set(bound).size).toBe(bound.length);
        },
      ),
    );
  });
});
