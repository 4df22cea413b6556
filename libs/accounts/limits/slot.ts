import type { AppliedLimit } from './applied-limits.js';

/** A recipient whose calls are counted, with the rows of the ledger that count them. */
export interface CountedRecipient {
  readonly rowNo: number;
  /** Canonical id at the vendor. */
  readonly person: string;
}

/** A delivery that is about to leave. */
export interface SlotRequest {
  readonly account: string;
  readonly messageId: string;
  readonly no: number;
  /** 1 is `high`. */
  readonly priority: number;
  /** It stood in its account's line and was let go. */
  readonly inLine: boolean;
  /** Addressees of the call, groups as one each; 0 for a chat group. */
  readonly people: number;
  readonly limits: readonly AppliedLimit[];
  /** Persons among the addressees: groups are not counted per member. */
  readonly recipients: readonly CountedRecipient[];
  /** Digest of what is sent. */
  readonly content: Buffer;
}

/** Why, and until when. */
export interface SlotWait {
  readonly reason: 'rate_limited' | 'quota';
  /** PostgreSQL's time. */
  readonly dueAt: Date;
}

/** What a delivery holds of the windows of its account and its recipients. */
export interface TakenSlots {
  readonly request: SlotRequest;
  readonly subjects: readonly { readonly scope: AppliedLimit['scope']; readonly subject: string }[];
  readonly people: number;
}

export type SlotAnswer =
  /** The account has no room: nobody of this delivery leaves now. */
  | { readonly wait: SlotWait }
  /** It may leave without those in `over`. With nobody left nothing was taken. */
  | { readonly taken?: TakenSlots; readonly over: readonly RecipientWait[] };

export interface RecipientWait extends SlotWait {
  readonly rowNo: number;
}

/** The ledger rows of a recipient, as far as limits of their kind are in force. */
export function subjectsOf(
  { content, limits }: Pick<SlotRequest, 'content' | 'limits'>,
  { person }: Pick<CountedRecipient, 'person'>,
): readonly { readonly scope: AppliedLimit['scope']; readonly subject: string }[] {
  const has = (scope: AppliedLimit['scope']): boolean => limits.some((limit) => limit.scope === scope);
  return [
    ...(has('person') ? [{ scope: 'person' as const, subject: `p ${person}` }] : []),
    ...(has('person_content')
      ? [{ scope: 'person_content' as const, subject: `c ${person} ${content.toString('base64url')}` }]
      : []),
  ];
}

/** Limits of the account itself that hold calls back. */
export const holdsAccount = (limits: readonly AppliedLimit[]): boolean =>
  limits.some(({ max, scope }) => scope === 'account' && max !== null);

/** Whether the ledger has to be asked at all. */
export const isLimited = ({ limits, recipients }: Pick<SlotRequest, 'limits' | 'recipients'>): boolean =>
  holdsAccount(limits) || (recipients.length > 0 && limits.some(({ scope }) => scope !== 'account'));
