import { Inject, Injectable } from '@nestjs/common';
import type { FamilyName } from '#libs/channels';
import { CLOCK, type Clock } from '#libs/core';
import { Batcher, Database, PreparedStatement, UnnestTable } from '#libs/database';

/** A recipient by a name that only the directory can turn into a vendor's id. */
export interface NamedRecipient {
  readonly type: 'user' | 'mobile' | 'email';
  /** Canonical. */
  readonly id: string;
}

/** The vendor's id of a recipient, or why there is none: a code of the reason catalogue. */
export type ResolvedRecipient = { readonly id: string } | { readonly reason: string };

interface Question {
  readonly no: number;
  readonly family: FamilyName;
  readonly recipients: readonly NamedRecipient[];
}

interface Asked extends NamedRecipient {
  readonly no: number;
  readonly family: FamilyName;
}

interface Match {
  readonly no: number;
  readonly user_id: string;
  readonly active: boolean;
  readonly provider_user_id: string | null;
  readonly stale: boolean;
}

const asked = new UnnestTable<Asked>('k', {
  no: ['integer', ({ no }) => no],
  family: ['text', ({ family }) => family],
  type: ['text', ({ type }) => type],
  id: ['text', ({ id }) => id],
});

/** Two matches are enough to know that there are several. */
const RESOLVE = new PreparedStatement(`
  SELECT k.no, p.user_id, p.active, i.provider_user_id, i.stale_at IS NOT NULL AS stale
  FROM ${asked.from(1)}
  CROSS JOIN LATERAL (
    SELECT user_id, active FROM person WHERE k.type = 'user' AND user_id = k.id
    UNION ALL SELECT * FROM (SELECT user_id, active FROM person
      WHERE k.type = 'mobile' AND mobile = k.id ORDER BY active DESC LIMIT 2) m
    UNION ALL SELECT * FROM (SELECT user_id, active FROM person
      WHERE k.type = 'email' AND email = k.id ORDER BY active DESC LIMIT 2) e
  ) p
  LEFT JOIN identity i ON i.user_id = p.user_id AND i.family = k.family`);

/** How long a process believes that the directory is empty, or is not. */
const PRESENCE_MS = 2_000;

/** Turns people into ids of a vendor. However many deliveries ask at the same time, one statement answers them. */
@Injectable()
export class RecipientResolver {
  private readonly batcher: Batcher<Question, readonly ResolvedRecipient[]>;
  private presence: { readonly isUsed: Promise<boolean>; readonly staleAtMs: number } | undefined;
  private asked = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.batcher = new Batcher({
      name: 'look-ups in the directory',
      keyOf: ({ no }) => String(no),
      maxBatch: 100,
      maxWaiting: 10_000,
      lanes: 2,
      run: (questions) => this.answer(questions),
    });
  }

  /** Whether anybody is in the directory; as long as nobody is, a user id is the vendor's. At most two seconds old. */
  isUsed(): Promise<boolean> {
    const nowMs = this.clock.monotonicMs();
    if (this.presence && nowMs < this.presence.staleAtMs) return this.presence.isUsed;
    const isUsed = this.database
      .query<{ used: boolean }>(`SELECT EXISTS (SELECT FROM person) AS used`)
      .then(([row]) => row?.used === true);
    const presence = { isUsed, staleAtMs: nowMs + PRESENCE_MS };
    this.presence = presence;
    isUsed.catch(() => {
      if (this.presence === presence) this.presence = undefined;
    });
    return isUsed;
  }

  /** In the order of the recipients. */
  resolve(family: FamilyName, recipients: readonly NamedRecipient[]): Promise<readonly ResolvedRecipient[]> {
    if (recipients.length === 0) return Promise.resolve([]);
    this.asked += 1;
    return this.batcher.add({ no: this.asked, family, recipients });
  }

  private async answer(questions: readonly Question[]): Promise<readonly (readonly ResolvedRecipient[])[]> {
    const rows = questions
      .flatMap(({ family, recipients }) => recipients.map(({ type, id }) => ({ family, type, id })))
      .map((row, no) => ({ ...row, no }));
    const matches = new Map<number, Match[]>();
    for (const match of await this.database.query<Match>(RESOLVE, asked.values(rows))) {
      const own = matches.get(match.no);
      if (own) own.push(match);
      else matches.set(match.no, [match]);
    }
    let first = 0;
    return questions.map(({ recipients }) => {
      const answers = recipients.map((_recipient, index) => judge(matches.get(first + index) ?? []));
      first += recipients.length;
      return answers;
    });
  }
}

/** Of several people who share a mobile, those who have left do not count. */
export function judge(matches: readonly Omit<Match, 'no' | 'user_id'>[]): ResolvedRecipient {
  const active = matches.filter((match) => match.active);
  if (active.length > 1) return { reason: 'identity_conflict' };
  const [match] = active;
  if (!match) return { reason: matches.length > 0 ? 'person_inactive' : 'not_in_directory' };
  if (match.provider_user_id === null) return { reason: 'no_identity' };
  return match.stale ? { reason: 'identity_stale' } : { id: match.provider_user_id };
}
