import type { DirectorySupport, FamilyName, ListedDepartment, ListedUser, ProviderCall } from '#libs/channels';
import { canonicalEmail, canonicalMobile, canonicalNativeId } from '../canonical.js';
import type { CallPace } from './call-pace.js';

/** Somebody in a vendor's address book, in canonical form. */
export interface FoundUser {
  /** The vendor's id as it compares it. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly mobile?: string;
  readonly email?: string;
  /** Of several the first by name: equal from one reading to the next. */
  readonly department?: string;
  readonly isActive: boolean;
}

export interface AddressBook {
  readonly users: ReadonlyMap<string, FoundUser>;
  readonly departments: number;
}

/** Puts one question to the vendor, with whatever patience and token it takes. */
export type Ask = <T>(pace: CallPace, question: (call: ProviderCall) => Promise<T>) => Promise<T>;

export interface Reading {
  readonly family: FamilyName;
  readonly support: DirectorySupport;
  readonly ask: Ask;
  readonly paces: { readonly departments: CallPace; readonly users: CallPace };
  /** Called as the reading gets on. */
  readonly onProgress: (read: { readonly departments: number; readonly users: number }) => void;
}

const LONGEST_ID = 128;
const LONGEST_TEXT = 200;

/**
 * Reads an address book as a whole: members of a department are asked for as soon as it is known, so that neither kind of
 * call waits for the other.
 * @throws the first error that a call ends in
 */
export async function readAddressBook(reading: Reading): Promise<AddressBook> {
  const { ask, family, onProgress, paces, support } = reading;
  const users = new Map<string, FoundUser>();
  const seen = new Set<string>();

  async function readMembers(department: ListedDepartment): Promise<void> {
    for (let cursor: string | undefined; ;) {
      const at = cursor;
      const page = await ask(paces.users, (call) => support.listUsers(call, department.id, at));
      for (const user of page.users) take(users, foundUser(family, user, department.name));
      onProgress({ departments: seen.size, users: users.size });
      if (page.nextCursor === undefined || page.nextCursor === cursor) return;
      cursor = page.nextCursor;
    }
  }

  async function visit(department: ListedDepartment): Promise<void> {
    if (seen.has(department.id)) return;
    seen.add(department.id);
    await Promise.all([readMembers(department), ...(support.roots.length > 0 ? [descend(department.id)] : [])]);
  }

  async function descend(parent?: string): Promise<void> {
    const below = await ask(paces.departments, (call) => support.listDepartments(call, parent));
    await Promise.all(below.map(visit));
  }

  if (support.roots.length > 0) await Promise.all(support.roots.map(visit));
  else await descend();
  return { users, departments: seen.size };
}

function take(users: Map<string, FoundUser>, user: FoundUser | undefined): void {
  if (!user) return;
  const known = users.get(user.key);
  const isFirst = !known || (user.department ?? '\uffff') < (known.department ?? '\uffff');
  if (isFirst) users.set(user.key, user);
}

/** Undefined: an entry without a usable id. */
function foundUser(family: FamilyName, user: ListedUser, department: string): FoundUser | undefined {
  if (user.id === '' || user.id.length > LONGEST_ID) return undefined;
  const mobile = canonicalMobile(user.mobile ?? '');
  const email = canonicalEmail(user.email ?? '');
  return {
    key: canonicalNativeId(family, user.id),
    id: user.id,
    name: (user.name || user.id).slice(0, LONGEST_TEXT),
    ...(mobile !== '' && mobile.length <= LONGEST_ID && { mobile }),
    ...(email !== '' && email.length <= LONGEST_TEXT && { email }),
    ...(department !== '' && { department: department.slice(0, LONGEST_TEXT) }),
    isActive: user.isActive,
  };
}
