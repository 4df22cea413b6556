import type { FamilyName } from '#libs/channels';

/** What a person is called by a vendor. */
export interface PersonIdentity {
  readonly family: FamilyName;
  readonly providerUserId: string;
  /** `sync`, `mobile`, `email`, `user_id`, `oauth`, `api`, `import`, `conflict`: how it came to be known. */
  readonly source: string;
  /** The account through which it was seen last. */
  readonly account: string | null;
  readonly confirmedAt: Date;
  /** Since when it is not used any more. */
  readonly staleAt: Date | null;
  /** `left`, or the reason of a refusal. */
  readonly staleReason: string | null;
}

export interface PersonFields {
  readonly name: string;
  /** Canonical. */
  readonly mobile: string | null;
  readonly email: string | null;
  readonly department: string | null;
  readonly active: boolean;
}

/** Who wrote a person: what a vendor's address book says never replaces what the business says. */
export type PersonSource = 'api' | 'import' | 'sync';

/** Somebody whom messages are for, by the business's own id. */
export interface Person extends PersonFields {
  readonly user: string;
  readonly source: PersonSource;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly identities: readonly PersonIdentity[];
}

export interface NewIdentity {
  readonly family: FamilyName;
  readonly providerUserId: string;
}
