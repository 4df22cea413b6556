import type { AddresseeReceipt, FamilyName, FetchedReceipts } from '#libs/channels';
import { PermanentDeliveryError, RateLimitedError } from '#libs/core';
import { canonicalNativeId } from '#libs/directory';
import {
  canReceiptMove,
  type ClaimedPoll,
  type PollOutcome,
  type PolledRecipient,
  type ReceiptStatus,
  type RecipientReceipt,
} from '#libs/messages';
import { BELIEVED_AFTER_TRIES, nextQuestionMs } from './receipt-schedule.js';

type Verdict = Omit<PollOutcome, 'poll'>;

const STATUS_OF: Readonly<Record<AddresseeReceipt['state'], ReceiptStatus>> = {
  delivered: 'delivered',
  unread: 'delivered',
  read: 'read',
  refused: 'invalid',
  limited: 'failed',
  failed: 'failed',
};

/** What a vendor's answer means: the recipients of whom it says something new, and when to ask again. */
export function verdictForReceipts(
  { done, recipients }: FetchedReceipts,
  poll: ClaimedPoll,
  family: FamilyName,
): Verdict {
  const keyOf = (type: string, id: string): string => `${type} ${canonicalNativeId(family, id)}`;
  const told = new Map(recipients.map((receipt) => [addresseeKey(receipt, keyOf), receipt]));
  const news = poll.recipients.flatMap((row): RecipientReceipt[] => {
    const receipt = told.get(row.type === 'group' ? GROUP : keyOf(vendorTypeOf(row), row.id));
    return receipt && canReceiptMove(row.status, STATUS_OF[receipt.state]) ? [receiptOf(row, receipt)] : [];
  });
  return { recipients: news, ...(!done && askAgain(poll)) };
}

/** A throttle answer that names no time holds only the question back, not the account. */
const THROTTLED_MS = 5_000;

/** Nothing that goes wrong here says anything about the message: it was sent. */
export function verdictForFault(error: unknown, poll: ClaimedPoll): Verdict {
  if (error instanceof RateLimitedError) {
    return { recipients: [], again: { waitMs: error.retryAfterMs ?? THROTTLED_MS, counts: false } };
  }
  if (error instanceof PermanentDeliveryError && poll.tries >= BELIEVED_AFTER_TRIES) {
    return { recipients: [], unavailable: 'result_unavailable' };
  }
  return { recipients: [], ...askAgain(poll) };
}

const askAgain = ({ tries }: ClaimedPoll): Pick<Verdict, 'again'> => ({
  again: { waitMs: nextQuestionMs(tries), counts: true },
});

/** The account's chat group, which has no address. */
const GROUP = 'group';

const addresseeKey = ({ addressee }: AddresseeReceipt, keyOf: (type: string, id: string) => string): string =>
  addressee ? keyOf(addressee.type, addressee.id) : GROUP;

/** A vendor's own id, that of a customer and a business user id travel alike. */
export const vendorTypeOf = ({ type }: Pick<PolledRecipient, 'type'>): string =>
  type === 'native' || type === 'customer' ? 'user' : type;

function receiptOf({ id, rowNo }: PolledRecipient, receipt: AddresseeReceipt): RecipientReceipt {
  const status = STATUS_OF[receipt.state];
  if (!('reason' in receipt)) return { rowNo, status };
  const { providerCode, reason, repeats } = receipt;
  return {
    rowNo,
    status,
    reason,
    ...(providerCode !== undefined && { providerCode }),
    ...(repeats && { repeatedFor: id }),
  };
}
