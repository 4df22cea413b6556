import type { Params } from '../params.js';

/** What became of one delivery under a recall. */
export const RECALL_ITEM_STATUSES = ['waiting', 'running', 'canceled', 'recalled', 'failed', 'uncertain'] as const;
export type RecallItemStatus = (typeof RECALL_ITEM_STATUSES)[number];

/** Every message made from a template in a time range; found page by page, however many there are. */
export interface RecallRange {
  readonly template: string;
  readonly createdAfter: Date;
  readonly createdBefore: Date;
}

/** Which messages a recall is for, as it was asked for. */
export type RecallSelector =
  | { readonly messageIds: readonly string[] }
  | { readonly providerMsgIds: readonly { readonly account: string; readonly id: string }[] }
  | { readonly businessKey: string }
  /** Instants in RFC 3339. */
  | { readonly template: string; readonly createdAfter: string; readonly createdBefore: string };

/** What is sent, where a message cannot be taken back, to those who have it. */
export interface Correction {
  readonly template: string;
  readonly params: Params;
  /** May it go to departments, tags and everybody, as the message may have? */
  readonly mayBroadcast: boolean;
  /** Account codes that whoever asked for it may use, `*` as wildcard at the end; absent: all. */
  readonly accounts?: readonly string[];
}

export interface Recall {
  readonly id: string;
  readonly callerId: string;
  readonly selector: RecallSelector;
  /** `running` until every message is found, every item has ended and every correction is accepted. */
  readonly status: 'running' | 'finished';
  /** Whether messages of the range are still being looked for; `itemCount` still grows. */
  readonly isSelecting: boolean;
  readonly messageCount: number;
  readonly itemCount: number;
  readonly openItems: number;
  readonly counts: Readonly<Record<'canceled' | 'recalled' | 'failed' | 'uncertain', number>>;
  /** Present when a correction was asked for: messages waiting to be written, accepted, impossible. */
  readonly corrections?: Readonly<Record<'open' | 'sent' | 'failed', number>>;
  readonly note?: string;
  /** Name of the key that asked for it. */
  readonly actor?: string;
  readonly createdAt: Date;
  readonly finishedAt?: Date;
}

/** One delivery as a recall sees it. */
export interface RecallCandidate {
  readonly messageId: string;
  readonly no: number;
  readonly channel: string;
  readonly status: string;
  /** It waits for a repetition after an attempt of unclear outcome. */
  readonly mayHaveArrived: boolean;
  /** What arrived came from an attempt of unclear outcome, as the refusal of a repetition told. */
  readonly isConfirmed: boolean;
  /** A digest on its way, or that has ended, carries it: it shares a message with others. */
  readonly isMerged: boolean;
  readonly sentAt?: Date;
  /** The vendor's ids of every attempt that may have arrived. */
  readonly providerMsgIds: readonly string[];
  readonly accountGone: boolean;
}

export interface RecallItemPlan {
  readonly messageId: string;
  readonly no: number;
  readonly status: RecallItemStatus;
  readonly reason?: string;
}

/** What a recall did for one recipient. */
export interface RecallResult {
  readonly messageId: string;
  readonly deliveryNo: number;
  readonly rowNo: number;
  readonly recipient: string;
  readonly status: string;
  readonly reason?: string;
  readonly correction?: {
    readonly status: 'due' | 'sent' | 'failed';
    readonly messageId?: string;
    readonly reason?: string;
  };
}
