/** Somebody of the directory. */
export interface Person {
  /** Business user id. */
  readonly user: string;
  readonly name: string;
  readonly active: boolean;
  /** Every canonical ref that means this person. */
  readonly refs: readonly string[];
}

/** `silent`: the directory holds nobody at all, so it cannot say that somebody does not exist. */
export type DirectoryAnswer = { readonly person: Person } | { readonly person?: undefined; readonly silent: boolean };

/** Who a ref means. */
export interface PersonDirectory {
  find(ref: string): Promise<DirectoryAnswer>;
  /** People whose name begins so. */
  search(name: string, limit: number): Promise<readonly Person[]>;
}

export const PERSON_DIRECTORY = Symbol('PersonDirectory');

/** Where no directory is kept. */
export const emptyDirectory: PersonDirectory = {
  find: () => Promise.resolve({ silent: true }),
  search: () => Promise.resolve([]),
};
