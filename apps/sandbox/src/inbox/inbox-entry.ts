import type { JsonObject } from '#libs/core';
import type { ShownRequest } from '../exchange/shown-request.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { ChannelName, Family } from '../exchange/vendor.js';
import type { ShownUpload } from '../media/show-upload.js';
import type { Upload } from '../media/uploads.service.js';

/** Why a person got nothing although the call succeeded. */
export type DropReason =
  | 'invalid'
  | 'member_limit'
  | 'duplicate_check'
  | 'msg_uuid_repeated'
  | 'same_content_today'
  | 'daily_limit'
  | 'minute_limit'
  | 'flow_control'
  | 'protected'
  | 'undelivered'
  | 'not_a_friend'
  | 'customer_limit';

export interface Dropped {
  /** A member id, `department:<id>`, `tag:<id>` or `group:<robot>`. */
  readonly recipient: string;
  readonly reason: DropReason;
}

/** A message as its handler hands it over. */
export interface TakenMessage {
  readonly family: Family;
  readonly channel: ChannelName;
  readonly account: string;
  readonly msgtype: string;
  /** Who sees it: member ids, or `group:<robot>`. */
  readonly recipients: readonly string[];
  readonly dropped: readonly Dropped[];
  readonly providerMsgId?: string;
  /** What the vendor lets pass but a careful caller would not send. */
  readonly notes: readonly string[];
  /** The uploaded files that it names. */
  readonly media?: readonly Upload[];
  /** Whom it waits for before anybody gets it; absent: nobody. */
  readonly parts?: readonly TaskPart[];
  readonly call: VendorCall;
}

/** How a card looks for some people since it was sent. */
export interface CardChange {
  /** Whose card it is about. */
  readonly users: readonly string[];
  readonly notes: readonly string[];
  /** The text on its greyed button. */
  readonly button?: string;
  /** The card in its place. */
  readonly card?: JsonObject;
  /** The status bar in its place. */
  readonly statusBar?: JsonObject;
}

/** A message to customers is a task for members: each one's part of it. */
export interface TaskPart {
  readonly member: string;
  readonly customers: readonly string[];
  confirmedAtMs?: number;
}

export interface CardClick {
  readonly user: string;
  readonly key: string;
  readonly atMs: number;
}

export interface InboxEntry extends TakenMessage {
  /** Grows while members confirm. */
  readonly dropped: Dropped[];
  readonly id: string;
  readonly atMs: number;
  recalledAtMs?: number;
  readonly readBy: Set<string>;
  /** Oldest first. */
  readonly changes: CardChange[];
  readonly clicks: CardClick[];
}

/** An entry as `GET /_sandbox/inbox` shows it. */
export interface ShownEntry {
  readonly id: string;
  readonly at: string;
  readonly family: Family;
  readonly endpoint: string;
  readonly channel: ChannelName;
  readonly account: string;
  readonly msgtype: string;
  readonly recipients: readonly string[];
  readonly dropped: readonly Dropped[];
  readonly notes: readonly string[];
  readonly media: readonly ShownUpload[];
  readonly providerMsgId: string | null;
  readonly recalled: boolean;
  readonly recalledAt: string | null;
  readonly readBy: readonly string[];
  readonly changes: readonly CardChange[];
  readonly clicks: readonly { readonly user: string; readonly key: string; readonly at: string }[];
  readonly parts: readonly {
    readonly member: string;
    readonly customers: readonly string[];
    readonly confirmedAt: string | null;
  }[];
  readonly request: ShownRequest;
}
