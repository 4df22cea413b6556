import type { ReceiptSupport } from '#libs/channels';
import { canonicalNativeId } from '#libs/directory';
import type { RecipientOutcome } from '#libs/messages';
import { FIRST_QUESTION_MS } from './receipts/receipt-schedule.js';
import type { DeliveredDelivery, RoutedRecipient } from './steps/prepared-delivery.js';
import type { OutcomeDraft } from './verdict.js';

/** What a provider's yes means: everybody but those it refused has been sent to. */
export function verdictForReceipt({ receipt, route, run, targets }: DeliveredDelivery): OutcomeDraft {
  const keyOf = (type: string, id: string): string => `${type} ${canonicalNativeId(route.channel.family, id)}`;
  const refused = new Map(receipt.refused.map((item) => [keyOf(item.addressee.type, item.addressee.id), item]));
  const exceptions = targets.flatMap(({ addressee, recipient }: RoutedRecipient): RecipientOutcome[] => {
    const refusal = addressee && refused.get(keyOf(addressee.type, addressee.id));
    if (!refusal) return [];
    const { providerCode, reason } = refusal;
    const detail = providerCode === undefined ? {} : { detail: { providerCode } };
    return [{ rowNo: recipient.rowNo, status: 'invalid', reason, ...detail }];
  });
  const everybodyRefused = exceptions.length === targets.length;
  const somebodyMissed = exceptions.length > 0 || run.settled.some(({ status }) => status === 'invalid');
  const { cardId, providerCode, providerMsgId, responseCode } = receipt;
  const id = providerMsgId === undefined ? {} : { providerMsgId };
  return {
    status: everybodyRefused ? 'failed' : somebodyMissed ? 'partial' : 'sent',
    ...(everybodyRefused && { reason: 'all_invalid' }),
    call: { outcome: everybodyRefused ? 'rejected' : 'sent', counts: true, code: providerCode, ...id },
    ...id,
    ...(responseCode !== undefined && { responseCode }),
    ...(cardId !== undefined && { cardId }),
    exceptions,
    rest: { status: 'sent', ...awaited(route.channel.receipts) },
    ...(providerMsgId !== undefined && !everybodyRefused && receiptPlan(route.channel.receipts)),
  };
}

/** A yes that only begins something says at each recipient what it waits for. */
const awaited = (support: ReceiptSupport): { readonly reason?: string } =>
  support.supported && support.awaits !== undefined ? { reason: support.awaits } : {};

/** When to ask the vendor what became of it, where the vendor can be asked. */
const receiptPlan = (support: ReceiptSupport): Pick<OutcomeDraft, 'receipts'> =>
  support.supported ? { receipts: { afterMs: FIRST_QUESTION_MS, windowSeconds: support.windowSeconds } } : {};
