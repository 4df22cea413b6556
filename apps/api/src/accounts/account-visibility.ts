import type { AccountDescription } from '#libs/accounts';
import { maskAddresses } from '#libs/core';
import { seesAddresses, type Identity } from '#libs/security';

/** Words of a vendor: a key that may change accounts but not read them does not learn where we call from. */
export const wordsFor = (identity: Identity, text: string): string =>
  seesAddresses(identity) ? text : maskAddresses(text);

export const accountFor = (identity: Identity, account: AccountDescription): AccountDescription =>
  account.pausedText === undefined ? account : { ...account, pausedText: wordsFor(identity, account.pausedText) };
