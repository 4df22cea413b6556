import type { JsonObject } from '#libs/core';

/** A request to send that was refused: what was wrong with it, never what it said. */
export interface Rejection {
  readonly code: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** `{pointer | parameter, code}` of each fault, at most ten. */
  readonly faults: readonly JsonObject[];
  /** Method and route, e.g. `POST /v1/messages`. */
  readonly route: string;
  readonly template?: string;
  readonly callerId: string;
  readonly keyName: string;
  readonly requestId: string;
}

export interface RejectionRow {
  readonly id: string;
  readonly code: string;
  readonly status: number;
  readonly faults: readonly JsonObject[];
  readonly route: string;
  readonly template: string | null;
  readonly caller: string | null;
  readonly key_name: string;
  readonly request_id: string;
}

export interface RejectionFilter {
  /** Absent: everybody's. */
  readonly callerId?: string;
  readonly template?: readonly string[];
  /** Codes of callers. */
  readonly caller?: readonly string[];
  readonly code?: readonly string[];
  readonly keyName?: string;
  readonly from: Date;
  readonly to?: Date;
  /** Continue after this id, towards older ones. */
  readonly before?: string;
  readonly limit: number;
}

export const REJECTION_DAYS = 7;
