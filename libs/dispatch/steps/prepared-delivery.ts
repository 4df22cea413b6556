import type { SendingAccount } from '#libs/accounts';
import type { UploadWish } from '#libs/assets';
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

/** After media: every file that the content names is known to the vendor. */
export interface EquippedDelivery extends RoutedDelivery {
  /** The content in the vendor's terms; without files the content itself. */
  readonly outgoing: Content;
  /** Ids and addresses in it that the vendor may have forgotten. */
  readonly media: readonly UsedMedia[];
}

/** A file as it stands in an outgoing content. */
export interface UsedMedia extends UploadWish {
  readonly version: number;
}

export interface DeliveredDelivery extends EquippedDelivery {
  readonly receipt: SendReceipt;
}
