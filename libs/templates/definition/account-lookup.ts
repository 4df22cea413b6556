/** What templates need to know about accounts. */
export interface AccountLookup {
  /** The accounts that exist, by code. */
  find(codes: readonly string[]): Promise<ReadonlyMap<string, { readonly channel: string }>>;
}

export const ACCOUNT_LOOKUP = Symbol('AccountLookup');
