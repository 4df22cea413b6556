import type { ClassOf } from '#libs/core';
import type { Content } from './content.js';
import type { ProviderCall } from './provider-call.js';

/** Some of those who got a card, in the vendor's ids. */
export interface CardAudience {
  readonly users: readonly string[];
  readonly departments: readonly string[];
  readonly tags: readonly string[];
}

/** A change of a card that lies in its readers' chats already. */
export interface CardUpdate {
  /** One of the support's `contents`. */
  readonly content: Content;
  readonly providerMsgId?: string;
  /** The one-use code; present exactly when the support says that updates need one. */
  readonly code?: string;
  /** Absent: everybody who got the card. */
  readonly audience?: CardAudience;
}

export interface CardUpdateAnswer {
  /** Ids of the audience whose card stays as it was. */
  readonly refused: readonly string[];
}

/** How a channel changes what it has sent. */
export interface CardUpdateSupport<Account extends object = object> {
  /** What an update may say: one class per kind, each decorated with `@ContentKind`. */
  readonly contents: readonly ClassOf<object>[];
  /** How long a code lives after it was handed out; absent: updates need no code. */
  readonly codeSeconds?: number;
  /** Whether an update may reach only some of those who got the card. */
  readonly hasAudience: boolean;
  /** Whether what was sent is a card that this update can change. Pure. */
  canUpdate(sent: Content, update: Content): boolean;
  /**
   * Makes exactly one provider call.
   * @throws the delivery errors of `#libs/core`, classified by the channel's error table
   */
  update(call: ProviderCall<Account>, update: CardUpdate): Promise<CardUpdateAnswer>;
}
