import type { FoundUser } from './address-book.js';

/** A person as far as matching needs it. */
export interface KnownPerson {
  readonly user: string;
  readonly name: string;
  readonly mobile: string | null;
  readonly email: string | null;
  readonly department: string | null;
  readonly active: boolean;
  /** Written by a sync, so that a sync may rewrite it. */
  readonly isFromSync: boolean;
  /** What this vendor calls the person; null: nothing yet. */
  readonly key: string | null;
  readonly isStale: boolean;
}

export type MatchedBy = 'mobile' | 'email' | 'user_id';

export const CONFLICT_KINDS = ['several_people', 'other_identity', 'same_user_id'] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

export interface FoundConflict {
  readonly found: FoundUser;
  readonly kind: ConflictKind;
  readonly users: readonly string[];
}

/** What is to be written about a part of an address book. */
export interface MatchPlan {
  /** Known already; `change` where a person from a sync reads differently now. */
  readonly known: readonly { readonly found: FoundUser; readonly user: string; readonly isChanged: boolean }[];
  readonly bound: readonly { readonly found: FoundUser; readonly user: string; readonly by: MatchedBy }[];
  readonly created: readonly FoundUser[];
  readonly conflicts: readonly FoundConflict[];
}

/** People among whom the found ones may be. */
export interface Neighbours {
  readonly people: readonly KnownPerson[];
  /** Keys about which somebody has decided, or still has to: left alone. */
  readonly settled: ReadonlySet<string>;
}

/**
 * Decides who is who. By the vendor's id first; then by mobile, by e-mail, and by a user id that is the vendor's id and
 * carries the same name. Never guesses: two candidates, or a person who has another id already, are a conflict. Pure.
 */
export function matchPeople(users: readonly FoundUser[], { people, settled }: Neighbours): MatchPlan {
  const index = new PeopleIndex(people);
  const plan = { known: [], bound: [], created: [], conflicts: [] } as Mutable<MatchPlan>;
  for (const found of users) {
    const owner = index.byKey.get(found.key);
    if (owner) plan.known.push({ found, user: owner.user, isChanged: isChanged(found, owner) });
    else if (found.isActive && !settled.has(found.key)) place(found, index, plan);
  }
  return plan;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

function place(found: FoundUser, index: PeopleIndex, plan: Mutable<MatchPlan>): void {
  const match = index.candidates(found);
  if (!match) {
    index.taken.add(found.id);
    plan.created.push(found);
    return;
  }
  const { by, people } = match;
  const [person] = people;
  const users = people.map(({ user }) => user);
  if (!person || people.length > 1) plan.conflicts.push({ found, kind: 'several_people', users });
  else if (by === 'user_id' && person.name !== found.name) plan.conflicts.push({ found, kind: 'same_user_id', users });
  else if (index.isBound(person)) plan.conflicts.push({ found, kind: 'other_identity', users });
  else {
    index.bound.add(person.user);
    plan.bound.push({ found, user: person.user, by });
  }
}

class PeopleIndex {
  readonly byKey = new Map<string, KnownPerson>();
  /** People who have got an id in this plan, and user ids that it gives away. */
  readonly bound = new Set<string>();
  readonly taken = new Set<string>();
  private readonly byUser = new Map<string, KnownPerson>();
  private readonly byMobile = new Map<string, KnownPerson[]>();
  private readonly byEmail = new Map<string, KnownPerson[]>();

  constructor(people: readonly KnownPerson[]) {
    for (const person of people) {
      this.byUser.set(person.user, person);
      if (person.key !== null) this.byKey.set(person.key, person);
      if (!person.active) continue;
      if (person.mobile !== null) addTo(this.byMobile, person.mobile, person);
      if (person.email !== null) addTo(this.byEmail, person.email, person);
    }
  }

  /** An id that the vendor does not use any more gives way to a new one. */
  isBound({ isStale, key, user }: KnownPerson): boolean {
    return this.bound.has(user) || (key !== null && !isStale);
  }

  candidates(found: FoundUser): { readonly by: MatchedBy; readonly people: readonly KnownPerson[] } | undefined {
    const byMobile = found.mobile === undefined ? [] : (this.byMobile.get(found.mobile) ?? []);
    if (byMobile.length > 0) return { by: 'mobile', people: byMobile };
    const byEmail = found.email === undefined ? [] : (this.byEmail.get(found.email) ?? []);
    if (byEmail.length > 0) return { by: 'email', people: byEmail };
    const namesake = this.byUser.get(found.id);
    return namesake && { by: 'user_id', people: [namesake] };
  }
}

function addTo(index: Map<string, KnownPerson[]>, key: string, person: KnownPerson): void {
  const own = index.get(key);
  if (own) own.push(person);
  else index.set(key, [person]);
}

/** What the vendor does not tell is not forgotten. */
function isChanged(found: FoundUser, person: KnownPerson): boolean {
  if (!person.isFromSync) return false;
  return (
    person.name !== found.name ||
    person.active !== found.isActive ||
    (found.mobile !== undefined && found.mobile !== person.mobile) ||
    (found.email !== undefined && found.email !== person.email) ||
    (found.department !== undefined && found.department !== person.department)
  );
}
