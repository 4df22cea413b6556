import { HongyanError, type JsonObject } from '#libs/core';

/** Why a callback was not taken; for counters only, the sender learns nothing. */
export type CallbackFault =
  'not_configured' | 'malformed' | 'bad_signature' | 'stale' | 'undecipherable' | 'foreign_owner';

/** A callback that its vendor cannot have sent, or not now. */
export class CallbackRefusedError extends HongyanError {
  constructor(readonly fault: CallbackFault) {
    super('callback_refused', 'The callback is not accepted');
  }
}

/** What came in at the callback address of an account. */
export interface CallbackRequest {
  readonly method: 'GET' | 'POST';
  readonly query: Readonly<Record<string, string>>;
  /** As it came; empty for a GET. */
  readonly body: Uint8Array;
  readonly now: Date;
}

export interface CallbackReply {
  readonly contentType: string;
  readonly body: string;
}

/** A person has pressed a button or chosen from the menu of a card. */
export interface CardClick {
  /** The vendor's id of the card: what a receipt calls `cardId`. */
  readonly cardId: string;
  /** Of the button or menu entry, as the template gave it. */
  readonly key: string;
  readonly selections: readonly { readonly question: string; readonly options: readonly string[] }[];
  /** The new one-use code by which the card can be updated. */
  readonly code?: string;
}

/** Something that a vendor tells. */
export interface CallbackEvent {
  /** The vendor's name of it. */
  readonly type: string;
  /** Equal for repetitions of one event, different for different ones. */
  readonly identity: string;
  /** The vendor's id of the person it is about. */
  readonly user?: string;
  /** By the vendor's clock. */
  readonly happenedAt?: Date;
  /** What is worth keeping: no text that people wrote, no codes. */
  readonly details: JsonObject;
  readonly click?: CardClick;
  /** The message that it is about, by the vendor's id. */
  readonly providerMsgId?: string;
}

export interface ReceivedCallback {
  readonly reply: CallbackReply;
  /** Empty for the vendor's check of the address. */
  readonly events: readonly CallbackEvent[];
}

/** How an account hears from its vendor. */
export interface CallbackSupport<Account extends object = object> {
  /**
   * Verifies and decrypts. Pure.
   * @throws CallbackRefusedError
   */
  receive(account: Account, request: CallbackRequest): ReceivedCallback;
}
