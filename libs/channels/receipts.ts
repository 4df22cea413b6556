import type { LocalizedText } from '#libs/core';
import type { Addressee } from './addressee.js';

/** What a vendor tells about a message after it has accepted it. */
export type ReceiptSupport =
  | {
      readonly supported: true;
      /** How long after sending the vendor still answers. */
      readonly windowSeconds: number;
      /** Whether it tells who has read, beside who was reached. */
      readonly tellsRead: boolean;
      /** What has to happen after the vendor's yes before anybody gets it: code of the reason catalogue. Absent: nothing. */
      readonly awaits?: string;
    }
  | { readonly supported: false; readonly why: LocalizedText };

/**
 * What became of one addressee. `delivered` reached, and reading is not told · `unread` reached, not read yet · `read` ·
 * `refused` cannot be reached · `limited` held back by a limit of the vendor · `failed` did not arrive, may be sent again.
 */
export type AddresseeReceipt = {
  /** Absent: the account's chat group. */
  readonly addressee?: Addressee;
} & (
  | { readonly state: 'delivered' | 'unread' | 'read' }
  | {
      readonly state: 'refused' | 'limited' | 'failed';
      /** Code of the reason catalogue. */
      readonly reason: string;
      readonly providerCode?: string;
      /** The vendor has shown this content to the addressee before: an earlier attempt may be what it means. */
      readonly repeats?: true;
    }
);

export interface FetchedReceipts {
  /** Nothing more will be told, whatever is asked later. */
  readonly done: boolean;
  /** Addressees that are not listed are still on their way, or nothing is told of them. */
  readonly recipients: readonly AddresseeReceipt[];
}
