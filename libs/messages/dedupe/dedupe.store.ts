import { Inject, Injectable } from '@nestjs/common';
import { lowestIdAt } from '#libs/core';
import { Batcher, Database, PreparedStatement, UnnestTable } from '#libs/database';
import type { ClaimedRecipient } from '../delivery/claimed-delivery.js';

/** A wish to be one of the owners of a key: at most `maxOwners` messages at a time. */
export interface DedupeClaim {
  /** 32 bytes, see `dedupe-key.ts`. */
  readonly key: Buffer;
  readonly messageId: string;
  readonly maxOwners: number;
  /** How long a sent message keeps its claim, counted from its last provider call. */
  readonly windowSeconds: number;
  /** The recipient as written, to look up what became of an owner that never settled its claim. */
  readonly recipient: Pick<ClaimedRecipient, 'ref' | 'addresseeType' | 'addresseeId'>;
}

/** A message that is about to be sent, noted for everybody who wants to send the same. */
export type SendNote = Pick<DedupeClaim, 'key' | 'messageId'>;

/** How long notes are kept: the longest time that any vendor looks back. */
export const NOTED_SECONDS = 14_400;
/** Enough for whoever asks to see the youngest of the others. */
const NOTED_OWNERS = 4;

export type ClaimAnswer =
  | { readonly granted: true }
  /** `holder`: the youngest message that holds the key. */
  | { readonly granted: false; readonly holder: string };

const DAY_MS = 86_400_000;
/** Longer than any message can be planned ahead and live. */
const OPEN_CLAIM_DAYS = 200;

interface ClaimRow {
  readonly key: Buffer;
  readonly owners: string[];
  readonly open: boolean[];
  /** Seconds that each owner's claim has left; null while it is open. */
  readonly left: (number | null)[];
}

/** A wish to own a key, or a note: those have no limit of owners, and an end from the beginning. */
type Entry = SendNote & Partial<Pick<DedupeClaim, 'maxOwners'>>;

const claims = new UnnestTable<Entry>('k', {
  key: ['bytea', (entry) => entry.key],
  owner: ['uuid', (entry) => entry.messageId],
  max_owners: ['integer', (entry) => entry.maxOwners ?? NOTED_OWNERS],
  keep_seconds: ['integer', (entry) => (entry.maxOwners === undefined ? NOTED_SECONDS : null)],
});

/** The owners of `c` whose claim still counts; an open owner's claim (`infinity`) always does. */
const LIVE = `FROM unnest(c.owners, c.until) AS o (owner, until) WHERE o.until > now()`;
const OTHERS = `${LIVE} AND o.owner <> excluded.owners[1]`;
/** A note; its row keeps the youngest. */
const NOTE = `excluded.until[1] < 'infinity'`;
const KEPT = `${OTHERS} ORDER BY CASE WHEN ${NOTE} THEN o.until END DESC
  LIMIT CASE WHEN ${NOTE} THEN ${NOTED_OWNERS - 1} END`;
const GRANTED = `(${NOTE} OR excluded.owners[1] = ANY (SELECT o.owner ${LIVE})
                  OR (SELECT count(*) ${LIVE}) < excluded.max_owners)`;

/**
 * One row per key; the row lock of the conflict makes concurrent claims queue up. Expired owners are dropped on the
 * way. The message is granted the key exactly when it stands among the owners afterwards; it then owns it openly, also
 * when it had settled an earlier claim.
 */
const CLAIM = new PreparedStatement(`
  INSERT INTO dedupe_claim AS c (key, max_owners, owners, until)
  SELECT key, max_owners, ARRAY[owner],
    ARRAY[coalesce(now() + keep_seconds * interval '1 s', 'infinity')] FROM ${claims.from(1)}
  ON CONFLICT (key) DO UPDATE SET
    max_owners = excluded.max_owners,
    owners = ARRAY(SELECT o.owner ${KEPT}) || CASE WHEN ${GRANTED} THEN excluded.owners ELSE '{}' END,
    until = ARRAY(SELECT o.until ${KEPT}) || CASE WHEN ${GRANTED} THEN excluded.until ELSE '{}' END
  RETURNING c.key, c.owners, ARRAY(SELECT t = 'infinity' FROM unnest(c.until) AS t) AS open,
    ARRAY(SELECT CASE WHEN t < 'infinity' THEN extract(epoch FROM t - now())::int END FROM unnest(c.until) AS t) AS left`);

/**
 * What became of an owner: canceled, expired, recalled and lapsed deliveries end outside the worker and do not settle
 * their claims. `kept_since` is null when nobody was reached. One person may be written as business id or vendor id, in
 * any case, so persons are compared by id.
 */
const FATE = `
  SELECT bool_or(status = 'pending') AS pending,
    max(updated_at) FILTER (WHERE status IN ('sent', 'delivered', 'read', 'unknown')) AS kept_since
  FROM recipient
  WHERE message_id = $1 AND CASE WHEN $2 IN ('user', 'native')
    THEN addressee_type IN ('user', 'native') AND lower(addressee_id) = lower($3) ELSE ref = $4 END`;

const SETTLE = `
  UPDATE dedupe_claim c
  SET owners = ARRAY(SELECT o.owner FROM unnest(c.owners, c.until) AS o (owner, until)
                     WHERE o.owner <> $2 OR $3::timestamptz IS NOT NULL),
      until = ARRAY(SELECT CASE WHEN o.owner = $2 THEN $3::timestamptz ELSE o.until END
                    FROM unnest(c.owners, c.until) AS o (owner, until)
                    WHERE o.owner <> $2 OR $3::timestamptz IS NOT NULL)
  WHERE c.key = $1`;

/** Claims that keep equal messages from reaching one person twice. The owner of a claim is the message. */
@Injectable()
export class DedupeStore {
  private readonly batcher: Batcher<Entry, ClaimRow>;

  constructor(@Inject(Database) private readonly database: Database) {
    this.batcher = new Batcher({
      name: 'dedupe claims',
      keyOf: (claim) => claim.key.toString('hex'),
      maxBatch: 2_000,
      maxWaiting: 100_000,
      run: (batch) => this.claimAll(batch),
    });
  }

  /** A message that owns the key already is granted it again: its own retries are no duplicates of itself. */
  async claim(claim: DedupeClaim): Promise<ClaimAnswer> {
    const row = await this.batcher.add(claim);
    const answer = answerFor(claim, row);
    if (answer.granted || !(await this.settleEndedOwners(claim, row))) return answer;
    return answerFor(claim, await this.batcher.add(claim));
  }

  /**
   * Notes messages that are about to be sent, together with whatever is claimed at the same time. Answers for each how
   * many seconds ago at least another message was noted under its key; undefined: none.
   */
  async note(notes: readonly SendNote[]): Promise<readonly (number | undefined)[]> {
    const rows = await Promise.all(notes.map((note) => this.batcher.add(note)));
    return rows.map(({ left, owners }, index) => {
      const others = left.filter((seconds, place) => seconds !== null && owners[place] !== notes[index]?.messageId);
      return others.length === 0 ? undefined : NOTED_SECONDS - Math.max(...others.map(Number));
    });
  }

  /** How many live owners each key has, without claiming: for dry runs. Keys nobody holds are left out. */
  async count(keys: readonly Buffer[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ key: Buffer; live: number }>(
      `SELECT c.key, (SELECT count(*)::int ${LIVE}) AS live FROM dedupe_claim c WHERE c.key = ANY ($1::bytea[])`,
      [keys],
    );
    return new Map(rows.map((row) => [row.key.toString('hex'), row.live]));
  }

  /** Drops rows whose claims have all run out; an open claim counts as long as its message can be under way. */
  async purge(now: Date): Promise<void> {
    const oldest = lowestIdAt(new Date(now.getTime() - OPEN_CLAIM_DAYS * DAY_MS));
    await this.database.query(
      `DELETE FROM dedupe_claim WHERE key IN (
         SELECT c.key FROM dedupe_claim c WHERE NOT EXISTS (
           SELECT FROM unnest(c.owners, c.until) AS o (owner, until)
           WHERE o.until > now() AND (o.until < 'infinity' OR o.owner > $1::uuid)) LIMIT 10000)`,
      [oldest],
    );
  }

  /** Whether anything changed that makes asking again worthwhile. */
  private async settleEndedOwners(claim: DedupeClaim, row: ClaimRow): Promise<boolean> {
    let changed = false;
    for (const [index, owner] of row.owners.entries()) {
      changed = (await this.settleOwner(claim, owner, row.open[index] ?? false)) || changed;
    }
    return changed;
  }

  private async settleOwner(
    { key, recipient, windowSeconds }: DedupeClaim,
    owner: string,
    open: boolean,
  ): Promise<boolean> {
    const [fate] = await this.database.query<{ pending: boolean | null; kept_since: Date | null }>(FATE, [
      owner,
      recipient.addresseeType,
      recipient.addresseeId,
      recipient.ref,
    ]);
    if (fate?.pending || (fate?.kept_since && !open)) return false;
    const until = fate?.kept_since && new Date(fate.kept_since.getTime() + windowSeconds * 1000).toISOString();
    await this.database.query(SETTLE, [key, owner, until ?? null]);
    return true;
  }

  private async claimAll(batch: readonly Entry[]): Promise<readonly ClaimRow[]> {
    const rows = await this.database.query<ClaimRow>(CLAIM, claims.values(batch));
    const byKey = new Map(rows.map((row) => [row.key.toString('hex'), row]));
    return batch.map(
      (claim) => byKey.get(claim.key.toString('hex')) ?? { key: claim.key, owners: [], open: [], left: [] },
    );
  }
}

function answerFor({ messageId }: DedupeClaim, { owners }: ClaimRow): ClaimAnswer {
  if (owners.includes(messageId)) return { granted: true };
  return { granted: false, holder: owners.at(-1) ?? '' };
}
