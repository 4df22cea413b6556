import type { Language } from '#libs/core';
import type { Reader, Visibility } from '#libs/messages';
import { seesAllCallers, seesAddresses, type Identity } from '#libs/security';

/** In which language, and whether with addresses, something is shown to a key. */
export const readerOf = (identity: Identity, language: Language): Reader => ({
  language,
  seesAddresses: seesAddresses(identity),
});

/** A key's own messages only. */
export const ownOf = (identity: Identity, language: Language = 'en'): Visibility => ({
  ...readerOf(identity, language),
  callerId: identity.callerId,
});

/** Whose messages a key may read: a caller's key its own, the other presets all. */
export const visibleTo = (identity: Identity, language: Language = 'en'): Visibility =>
  seesAllCallers(identity) ? readerOf(identity, language) : ownOf(identity, language);

/** Whose messages a key may cancel: without the right to recall only its own. */
export const cancelableBy = (identity: Identity, language: Language): Visibility =>
  identity.scopes.has('messages:recall') ? visibleTo(identity, language) : ownOf(identity, language);

/** Whose messages a key may send again. */
export const replayableBy = (identity: Identity, language: Language): Visibility =>
  identity.preset === 'caller' ? ownOf(identity, language) : visibleTo(identity, language);
