import type { MediaForm, MediaKind } from './fields.js';
import type { ProviderCall } from './provider-call.js';

/** A file on its way to a vendor. */
export interface MediaFile {
  readonly kind: MediaKind;
  /** With extension; vendors show it and some judge the format by it. */
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What the vendor takes of one kind of media; sizes in bytes. */
export interface MediaRule {
  readonly minBytes?: number;
  readonly maxBytes: number;
  /** File extensions in lower case without dot; absent: any. */
  readonly formats?: readonly string[];
}

/** What an upload becomes at the vendor: an id, or an address that its messages may show. */
export type UploadForm = Exclude<MediaForm, 'base64'>;

export interface UploadedMedia {
  /** The media id or the address. */
  readonly value: string;
  /** When the vendor forgets it; absent: never. */
  readonly expiresAt?: Date;
}

/** How a channel's account takes files. */
export interface MediaSupport<Account extends object = object> {
  /** A kind that is absent cannot be uploaded. */
  readonly rules: Readonly<Partial<Record<MediaKind, MediaRule>>>;
  /** Rules of the form `url` where they differ; a kind that is absent has no address then. */
  readonly urlRules?: Readonly<Partial<Record<MediaKind, MediaRule>>>;
  /** Forms that `upload` makes. */
  readonly forms: readonly UploadForm[];
  /**
   * Makes exactly one provider call.
   * @throws the delivery errors of `#libs/core`, classified by the channel's error table
   */
  upload(call: ProviderCall<Account>, file: MediaFile, form: UploadForm): Promise<UploadedMedia>;
}
