import type { ChannelName, Family } from '../exchange/vendor.js';

/** Which calls a fault hits: every member that is given must fit. */
export interface FaultMatch {
  /** Full path, or its end after a slash: `message/send`, `asyncsend_v2`. */
  readonly endpoint?: string;
  readonly family?: Family;
  readonly channel?: ChannelName;
  /** The label under which the inbox lists the account. */
  readonly account?: string;
}

/** `before`: the message is not taken. `after`: it is taken, and only the answer suffers. */
export type FaultMoment = 'before' | 'after';

export type FaultAction =
  | { readonly type: 'errcode'; readonly code: number | string; readonly message: string }
  | {
      readonly type: 'http';
      readonly status: number;
      readonly body: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: 'delay'; readonly ms: number }
  | { readonly type: 'hang' }
  | { readonly type: 'reset' }
  | { readonly type: 'cut-body' }
  | { readonly type: 'garbage' }
  | { readonly type: 'drip'; readonly ms: number };

export type FaultType = FaultAction['type'];

export interface Fault {
  readonly id: string;
  readonly match: FaultMatch;
  readonly action: FaultAction & { readonly when: FaultMoment };
  /** Between 0 and 1. */
  readonly probability: number;
  /** Hits that are left; null: unlimited. */
  remaining: number | null;
  hits: number;
}

export type FaultPlan = Pick<Fault, 'match' | 'action' | 'probability'> & { readonly times: number | null };
