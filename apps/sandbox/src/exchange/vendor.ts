import type { Refusal } from './refusal.js';
import type { VendorAnswer } from './vendor-answer.js';
import type { VendorCall } from './vendor-call.js';

export type Family = 'wecom' | 'dingtalk';
export const CHANNEL_NAMES = [
  'wecom-app',
  'wecom-robot',
  'wecom-customer',
  'dingtalk-robot',
  'dingtalk-work',
  'dingtalk-app-robot',
] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** One call of a vendor's API. */
export interface Endpoint {
  /** Absolute path, e.g. `/cgi-bin/message/send`. */
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[];
  readonly channel: ChannelName;
  /** The label under which the inbox and the fault switches know the caller; undefined when the credentials are bad. */
  accountOf(call: VendorCall): string | undefined;
  /** Judges the call and does what it asks. Throws `Refusal`. Synchronous, so that calls never interleave. */
  handle(call: VendorCall): VendorAnswer;
}

export interface Vendor {
  readonly family: Family;
  readonly endpoints: readonly Endpoint[];
  /** The vendor's error envelope for this path. */
  refuse(call: VendorCall, refusal: Refusal): VendorAnswer;
  unknownPath(call: VendorCall): VendorAnswer;
  wrongMethod(call: VendorCall): Refusal;
  /** "System busy", the one error that says nothing. */
  busy(): Refusal;
}
