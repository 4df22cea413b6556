import type { CardAudience, CardUpdateSupport, Content } from '#libs/channels';
import type { HongyanError, JsonObject, ProviderFault } from '#libs/core';
import type { DeliveryRow, MessageRow } from '../read/message-rows.js';

export interface CardUpdateRequest {
  readonly message: MessageRow;
  /** Absent: every delivery whose channel knows the kind of the content. */
  readonly deliveryNo?: number;
  readonly content: Content;
  /** Absent: everybody who got the card. */
  readonly audience?: CardAudience;
  /** Who asked for it, for the timeline. */
  readonly actor: string;
}

/** A delivery with a card that can be changed as wished. */
export interface CardTarget {
  readonly delivery: DeliveryRow;
  readonly support: CardUpdateSupport;
}

/** What became of the card of one delivery. */
export type CardUpdateResult = { readonly deliveryNo: number; readonly account: string } & (
  | { readonly status: 'updated'; /** Vendor ids whose card stayed as it was. */ readonly refused: readonly string[] }
  | { readonly status: 'failed' | 'unclear'; readonly error: HongyanError }
);

/** A result as answers and errors carry it. */
export function shownResult(result: CardUpdateResult): JsonObject {
  const { account, deliveryNo, status } = result;
  if (result.status === 'updated') return { deliveryNo, account, status, refused: [...result.refused] };
  const { code, message, provider } = result.error;
  return { deliveryNo, account, status, code, detail: message, ...(provider && { provider: wordsOf(provider) }) };
}

/** Without the address that the vendor saw, which not every reader may learn. */
const wordsOf = ({ code, message, name }: ProviderFault): JsonObject => ({ name, code, message });
