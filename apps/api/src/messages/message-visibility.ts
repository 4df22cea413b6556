import type { Visibility } from '#libs/messages';
import { seesAllCallers, type Identity } from '#libs/security';

/** Whose messages a key may read: a caller's key its own, the other presets all. */
export const visibleTo = (identity: Identity): Visibility =>
  seesAllCallers(identity) ? {} : { callerId: identity.callerId };

/** Whose messages a key may cancel: without the right to recall only its own. */
export const cancelableBy = (identity: Identity): Visibility =>
  identity.scopes.has('messages:recall') ? visibleTo(identity) : { callerId: identity.callerId };

/** Whose messages a key may send again. */
export const replayableBy = (identity: Identity): Visibility =>
  identity.preset === 'caller' ? { callerId: identity.callerId } : visibleTo(identity);
