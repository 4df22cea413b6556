import type { ReceiptStatus, RecipientStatus } from '../states.js';

/** When the vendor is first asked about a delivery, and how long after sending it still answers. */
export interface ReceiptPlan {
  readonly afterMs: number;
  readonly windowSeconds: number;
}

/** A recipient of a delivery that the vendor is asked about. */
export interface PolledRecipient {
  readonly rowNo: number;
  /** As in the recipient's row; `user` where the directory has given a vendor's id. */
  readonly type: string;
  readonly id: string;
  readonly status: RecipientStatus;
}

/** A question to a vendor that this process holds until its lease ends. */
export interface ClaimedPoll {
  readonly messageId: string;
  readonly no: number;
  readonly fence: number;
  /** Answers got so far. */
  readonly tries: number;
  readonly channel: string;
  readonly account: string;
  /** Absent: nothing is left to ask about, since the delivery was taken back, has failed, or the window is closed. */
  readonly sent?: { readonly providerMsgId: string; readonly sentAt: Date };
  readonly recipients: readonly PolledRecipient[];
}

/** What a vendor tells about one recipient. */
export interface RecipientReceipt {
  readonly rowNo: number;
  readonly status: ReceiptStatus;
  readonly reason?: string;
  readonly providerCode?: string;
  /** The vendor's id of a person who has seen this content before: from an attempt of unclear outcome, if there is one. */
  readonly repeatedFor?: string;
}

/** What one question came to. */
export interface PollOutcome {
  readonly poll: Pick<ClaimedPoll, 'messageId' | 'no' | 'fence'>;
  /** Only what the rows do not say yet. */
  readonly recipients: readonly RecipientReceipt[];
  /** When to ask again; absent: never. */
  readonly again?: { readonly waitMs: number; readonly counts: boolean };
  /** Why the vendor will not tell what is still open: a remark in the timeline. */
  readonly unavailable?: string;
}
