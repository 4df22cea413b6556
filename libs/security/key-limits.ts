/** What a key may use up. A limit that is not set does not hold. */
export interface KeyLimits {
  /** Requests in a minute of the clock. */
  readonly requestsPerMinute?: number;
  /** Requests in a day. */
  readonly requestsPerDay?: number;
  /** Recipients of what is sent in a day; a message to a group counts as one. */
  readonly recipientsPerDay?: number;
}

export type KeyLimitName = keyof KeyLimits;

/** What a request uses up before it is read. */
export const REQUEST_LIMITS = ['requestsPerMinute', 'requestsPerDay'] as const satisfies readonly KeyLimitName[];

interface LimitKind {
  /** Unit of `date_trunc`: the window is that part of the calendar. */
  readonly window: 'minute' | 'day';
  readonly code: string;
  readonly message: string;
}

export const LIMIT_KINDS: Readonly<Record<KeyLimitName, LimitKind>> = {
  requestsPerMinute: {
    window: 'minute',
    code: 'requests_per_minute_reached',
    message: 'The key may make no more requests in this minute',
  },
  requestsPerDay: {
    window: 'day',
    code: 'requests_per_day_reached',
    message: 'The key may make no more requests today',
  },
  recipientsPerDay: {
    window: 'day',
    code: 'recipients_per_day_reached',
    message: 'The key may not address that many recipients today',
  },
};
