import { Inject, Injectable } from '@nestjs/common';
import { InvariantError, type JsonObject, type JsonValue } from '#libs/core';
import { Batcher, Database, PreparedStatement, UnnestTable } from '#libs/database';
import type { Params } from '../params.js';
import { LEASE_MS, type ClaimedDelivery, type ClaimedRecipient } from './claimed-delivery.js';

interface ClaimRequest {
  readonly messageId: string;
  readonly no: number;
}

/** A delivery in flight, as heartbeats name it. */
export interface HeldDelivery extends ClaimRequest {
  readonly fence: number;
}

interface ClaimRow {
  readonly message_id: string;
  readonly no: number;
  readonly fence: number;
  readonly kind: string;
  readonly route_no: number;
  readonly channel: string;
  readonly account: string;
  readonly caller_id: string;
  readonly priority: number;
  readonly attempts: number;
  readonly unknowns: number;
  readonly origin_unclear: boolean;
  readonly resend_budget: number;
  readonly possible_duplicate: boolean;
  readonly repeat_check: number | null;
  readonly unclear_since: Date | null;
  readonly reason: string | null;
  readonly expire_at: Date;
  readonly created_at: Date;
  readonly in_line: boolean;
  readonly claimed_at: Date;
  readonly template: string | null;
  readonly template_version: number | null;
  readonly inline_content: JsonObject | null;
  readonly is_test: boolean;
  readonly message_params: Params;
  readonly delivery_params: Params | null;
  readonly fallback: JsonValue | null;
  readonly skips: string[] | null;
  readonly recipients: readonly RecipientTuple[] | null;
}

type RecipientTuple = readonly [number, string, string, string, JsonObject | null];

const requests = new UnnestTable<ClaimRequest>('k', {
  message_id: ['uuid', (request) => request.messageId],
  no: ['integer', (request) => request.no],
});

const held = new UnnestTable<HeldDelivery>('k', {
  message_id: ['uuid', (item) => item.messageId],
  no: ['integer', (item) => item.no],
  fence: ['integer', (item) => item.fence],
});

/** An attempt of what this delivery replays may have arrived at somebody whom it is for. */
const ORIGIN_UNCLEAR = `(c.kind = 'replay' AND EXISTS (
  SELECT FROM attempt a JOIN delivery o ON o.message_id = a.message_id AND o.no = a.delivery_no
  WHERE a.message_id = c.message_id AND a.delivery_no < c.no AND a.outcome = 'unknown' AND o.account = c.account
    AND (a.addressees IS NULL OR EXISTS (
      SELECT FROM recipient r WHERE r.message_id = c.message_id AND r.delivery_no = c.no
        AND coalesce(r.provider_user_id, r.addressee_id) = ANY (a.addressees)))))`;

const UNCLEAR_SINCE = `(SELECT min(a.started_at) FROM attempt a
  WHERE a.message_id = c.message_id AND a.delivery_no = c.no AND a.outcome = 'unknown')`;

/**
 * Takes deliveries that are due, with lease and fence, and writes their attempt rows: one statement. The attempt row is
 * provisional: the outcome write deletes it when no call was made.
 */
const CLAIM = new PreparedStatement(`
  WITH claimed AS (
    UPDATE delivery d
    SET status = 'sending', fence = d.fence + 1, lease_until = now() + interval '${LEASE_MS} milliseconds',
        updated_at = now()
    FROM ${requests.from(1)}, message m
    WHERE d.message_id = k.message_id AND d.no = k.no AND m.id = k.message_id
      AND d.status IN ('accepted', 'scheduled')
      AND (d.next_attempt_at IS NULL OR d.next_attempt_at <= now())
      AND d.expire_at > now() AND d.recall_requested_at IS NULL AND m.recall_requested_at IS NULL
      AND d.merged_into IS NULL
    RETURNING d.*, m.template, m.template_version, m.inline_content, m.is_test, m.params AS message_params
  ), attempts AS (
    INSERT INTO attempt (message_id, delivery_no, no, started_at)
    SELECT message_id, no, fence, now() FROM claimed
  )
  SELECT c.message_id, c.no, c.fence, c.kind, ${ORIGIN_UNCLEAR} AS origin_unclear, c.route_no, c.channel, c.account,
    c.caller_id, c.priority, c.attempts, c.unknowns, c.resend_budget, c.possible_duplicate, c.repeat_check, c.reason,
    CASE WHEN c.unknowns > 0 THEN ${UNCLEAR_SINCE} END AS unclear_since, c.expire_at, c.created_at,
    c.line_at IS NOT NULL AS in_line, now() AS claimed_at, c.template,
    c.template_version, c.inline_content, c.is_test, c.message_params, c.params AS delivery_params, c.fallback, c.skips,
    (SELECT json_agg(json_build_array(r.row_no, r.ref, r.addressee_type, r.addressee_id, r.detail) ORDER BY r.row_no)
     FROM recipient r WHERE r.message_id = c.message_id AND r.delivery_no = c.no AND r.status = 'pending') AS recipients
  FROM claimed c`);

/** Still ours and wanted: everything else has been taken over, recalled or ended. */
const HEARTBEAT = new PreparedStatement(`
  UPDATE delivery d SET lease_until = now() + interval '${LEASE_MS} milliseconds'
  FROM ${held.from(1)}
  WHERE d.message_id = k.message_id AND d.no = k.no AND d.fence = k.fence AND d.status = 'sending'
  RETURNING d.message_id, d.no`);

/** Digests change until they are claimed: what the claim itself has read may be older than the last change. */
const DIGEST_CONTENTS = 'SELECT id, inline_content FROM message WHERE id = ANY ($1::uuid[])';

/** Claims deliveries for sending. Of any number of concurrent claims of one delivery, one wins. */
@Injectable()
export class ClaimStore {
  private readonly batcher: Batcher<ClaimRequest, ClaimedDelivery | undefined>;

  constructor(@Inject(Database) private readonly database: Database) {
    this.batcher = new Batcher({
      name: 'claims',
      keyOf: ({ messageId, no }) => `${messageId}.${no}`,
      maxBatch: 100,
      maxWaiting: 10_000,
      lanes: 2,
      run: (batch) => this.claimAll(batch),
    });
  }

  /** The delivery, or undefined when it is not due, held by another process, ended, or recalled. */
  claim(messageId: string, no: number): Promise<ClaimedDelivery | undefined> {
    return this.batcher.add({ messageId, no });
  }

  /** Renews leases; answers the keys (`<messageId>.<no>`) of those that are still held. */
  async renew(deliveries: readonly HeldDelivery[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ message_id: string; no: number }>(HEARTBEAT, held.values(deliveries));
    return new Set(rows.map((row) => `${row.message_id}.${row.no}`));
  }

  private async claimAll(batch: readonly ClaimRequest[]): Promise<readonly (ClaimedDelivery | undefined)[]> {
    const rows = await this.database.query<ClaimRow>(CLAIM, requests.values(batch));
    const digests = await this.readDigests(rows);
    const byKey = new Map(rows.map((row) => [`${row.message_id}.${row.no}`, toClaimed({ ...row, ...digests(row) })]));
    return batch.map(({ messageId, no }) => byKey.get(`${messageId}.${no}`));
  }

  private async readDigests(rows: readonly ClaimRow[]): Promise<(row: ClaimRow) => Partial<ClaimRow>> {
    const ids = rows.filter(({ kind }) => kind === 'digest').map((row) => row.message_id);
    if (ids.length === 0) return () => ({});
    const contents = await this.database.query<{ id: string; inline_content: JsonObject }>(DIGEST_CONTENTS, [ids]);
    const byId = new Map(contents.map(({ id, ...content }) => [id, content]));
    return (row) => byId.get(row.message_id) ?? {};
  }
}

function toClaimed(row: ClaimRow): ClaimedDelivery {
  if (row.template === null && row.inline_content === null) throw new InvariantError('A message has no content');
  return {
    messageId: row.message_id,
    no: row.no,
    fence: row.fence,
    kind: row.kind,
    routeNo: row.route_no,
    channel: row.channel,
    account: row.account,
    callerId: row.caller_id,
    priority: row.priority,
    attempts: row.attempts,
    unknowns: row.unknowns,
    isOriginUnclear: row.origin_unclear,
    resendBudget: row.resend_budget,
    possibleDuplicate: row.possible_duplicate,
    ...(row.repeat_check !== null && { repeatCheck: row.repeat_check }),
    ...(row.unclear_since && { unclearSince: row.unclear_since }),
    ...(row.reason !== null && { waitedFor: row.reason }),
    expireAt: row.expire_at,
    createdAt: row.created_at,
    inLine: row.in_line,
    claimedAt: row.claimed_at,
    isTest: row.is_test,
    params: row.delivery_params ? { ...row.message_params, ...row.delivery_params } : row.message_params,
    recipients: (row.recipients ?? []).map(toRecipient),
    mayFallBack: row.fallback !== null,
    skips: row.skips ?? [],
    ...(row.template !== null && { template: row.template }),
    ...(row.template_version !== null && { templateVersion: row.template_version }),
    ...(row.inline_content !== null && { inlineContent: row.inline_content }),
  };
}

const toRecipient = ([rowNo, ref, addresseeType, addresseeId, detail]: RecipientTuple): ClaimedRecipient => ({
  rowNo,
  ref,
  addresseeType,
  addresseeId,
  ...(detail !== null && { detail }),
});
