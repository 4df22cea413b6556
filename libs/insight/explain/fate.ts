import type { JsonObject } from '#libs/core';

/** What became of one message for one person: a recipient row with what its message and delivery say. */
export interface Fate {
  readonly message_id: string;
  readonly row_no: number;
  readonly delivery_no: number;
  readonly route_no: number;
  readonly ref: string;
  readonly addressee_type: string;
  readonly provider_user_id: string | null;
  readonly status: string;
  readonly reason: string | null;
  readonly detail: JsonObject | null;
  readonly delivered_at: Date | null;
  readonly read_at: Date | null;
  readonly recall_status: string | null;
  readonly recall_reason: string | null;
  readonly updated_at: Date;
  readonly template: string | null;
  readonly template_version: number | null;
  readonly business_key: string | null;
  readonly created_at: Date;
  readonly send_at: Date | null;
  readonly expire_at: Date;
  readonly caller: string | null;
  readonly merged_into: string | null;
  readonly channel: string;
  readonly account: string;
  readonly delivery_status: string;
  readonly delivery_reason: string | null;
  readonly attempts: number;
  readonly next_attempt_at: Date | null;
  readonly sent_at: Date | null;
  readonly provider_msg_id: string | null;
}

export interface FatePosition {
  readonly messageId: string;
  readonly rowNo: number;
}

export interface FateFilter {
  /** Absent: everybody's messages. */
  readonly callerId?: string;
  readonly message?: string;
  readonly template?: string;
  readonly businessKey?: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly before?: FatePosition;
  readonly limit: number;
}

export interface FateAttempt {
  readonly no: number;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly code: string | null;
}

export interface FateAccount {
  readonly name: string;
  readonly status: string;
  readonly paused_by: string | null;
  readonly paused_text: string | null;
  readonly paused_at: Date | null;
  readonly queue_paused: boolean;
}

export interface FateEvent {
  readonly at: Date;
  readonly event: string;
  readonly reason: string | null;
  readonly data: JsonObject | null;
}

/** Why a row is where it is: its own reason, or what its delivery waits for. */
export const reasonOf = (fate: Fate): string | null =>
  fate.reason ?? (fate.status === 'pending' && fate.delivery_status === 'scheduled' ? fate.delivery_reason : null);
