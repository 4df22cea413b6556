import type { SendingAccount } from '#libs/accounts';
import type { Addressee, Content, Mention, SendReceipt } from '#libs/channels';
import type { ClaimedDelivery, ClaimedRecipient } from '#libs/messages';
import type { CompiledRoute, CompiledTemplate } from '#libs/templates';
import type { DispatchRun } from '../dispatch-run.js';

/** After validate: claimed, due, its account open, its content rendered. */
export interface PreparedDelivery {
  readonly run: DispatchRun;
  readonly delivery: ClaimedDelivery;
  readonly template: CompiledTemplate;
  readonly route: CompiledRoute;
  readonly account: SendingAccount;
  readonly content: Content;
  readonly mentions: readonly Mention[];
}

/** After dedupe: only recipients who have not had this content lately. */
export interface AdmittedDelivery extends PreparedDelivery {
  readonly admitted: readonly ClaimedRecipient[];
}

/** After route: every remaining recipient has an id of the vendor. */
export interface RoutedDelivery extends AdmittedDelivery {
  readonly targets: readonly RoutedRecipient[];
}

export interface RoutedRecipient {
  readonly recipient: ClaimedRecipient;
  /** Absent on group channels: the account itself is the destination. */
  readonly addressee?: Addressee;
}

export interface DeliveredDelivery extends RoutedDelivery {
  readonly receipt: SendReceipt;
}
