import { ACCOUNT_REASONS } from './account.js';
import { CONTENT_REASONS } from './content.js';
import { RECALL_REASONS } from './recall.js';
import { RECIPIENT_REASONS } from './recipient.js';
import type { ReasonEntry } from './reason.js';
import { STOPPED_REASONS } from './stopped.js';
import { TRANSPORT_REASONS } from './transport.js';
import { UNCLEAR_REASONS } from './unclear.js';
import { WAITING_REASONS } from './waiting.js';

export type { ReasonEntry, ReasonGroup } from './reason.js';
export { REMEDIES, type RemedyId } from './remedies.js';
export { reasonSentence } from './sentence.js';

/** Every reason a message, delivery, recipient, attempt or recall can carry. Codes are unique over all groups. */
export const REASONS: readonly ReasonEntry[] = [
  ...WAITING_REASONS,
  ...STOPPED_REASONS,
  ...RECIPIENT_REASONS,
  ...CONTENT_REASONS,
  ...ACCOUNT_REASONS,
  ...TRANSPORT_REASONS,
  ...UNCLEAR_REASONS,
  ...RECALL_REASONS,
];

const BY_CODE = new Map(REASONS.map((entry) => [entry.code, entry]));

/** The entry of a code; undefined when the catalogue does not list it. */
export const describeReason = (code: string): ReasonEntry | undefined => BY_CODE.get(code);
