/** What became of one delivery under a recall. */
export const RECALL_ITEM_STATUSES = ['waiting', 'running', 'canceled', 'recalled', 'failed', 'uncertain'] as const;
export type RecallItemStatus = (typeof RECALL_ITEM_STATUSES)[number];

/** Which messages a recall is for. */
export type RecallSelector =
  | { readonly messageIds: readonly string[] }
  | { readonly providerMsgIds: readonly { readonly account: string; readonly id: string }[] };

export interface Recall {
  readonly id: string;
  readonly callerId: string;
  readonly selector: RecallSelector;
  /** `running` until every item has ended. */
  readonly status: 'running' | 'finished';
  readonly itemCount: number;
  readonly openItems: number;
  readonly counts: Readonly<Record<'canceled' | 'recalled' | 'failed' | 'uncertain', number>>;
  readonly note?: string;
  readonly createdAt: Date;
  readonly finishedAt?: Date;
}

/** One delivery as a recall sees it. */
export interface RecallCandidate {
  readonly messageId: string;
  readonly no: number;
  readonly channel: string;
  readonly status: string;
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
}
