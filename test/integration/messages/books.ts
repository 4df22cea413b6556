import {
  FINAL_RECIPIENT_STATUSES,
  canMove,
  canReceiptMove,
  finalMessageStatus,
  type DeliveryStatus,
  type ReceiptStatus,
  type RecipientStatus,
} from '#libs/messages';
import { makeCounts } from '../../../libs/messages/testing/factories.js';
import type { Heart } from './heart.fixture.js';

type Counts = Readonly<Record<string, number>>;

interface BookRow {
  readonly id: string;
  readonly status: string;
  readonly row_count: number;
  readonly open_rows: number;
  readonly delivery_count: number;
  readonly deliveries: number;
  readonly counters: Counts;
  readonly rows: Counts | null;
}

const BOOKS = `
  SELECT m.id, m.status, m.row_count, m.open_rows, m.delivery_count,
    (SELECT count(*)::int FROM delivery d WHERE d.message_id = m.id) AS deliveries,
    jsonb_build_object(${FINAL_RECIPIENT_STATUSES.map((status) => `'${status}', m.n_${status}`).join(', ')}) AS counters,
    (SELECT jsonb_object_agg(status, n) FROM
      (SELECT status, count(*)::int AS n FROM recipient r WHERE r.message_id = m.id GROUP BY status) s) AS rows
  FROM message m`;

/** Keeps every step that a delivery takes from now on, with the statement that made it. */
export async function recordMoves({ query }: Pick<Heart, 'query'>): Promise<void> {
  await query(`
    CREATE TABLE move (message_id uuid, no integer, before text, after text, fence integer, fence_after integer,
                       statement text)`);
  await query(`
    CREATE FUNCTION record_move() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.status <> NEW.status OR OLD.fence <> NEW.fence THEN
        INSERT INTO move
        VALUES (OLD.message_id, OLD.no, OLD.status, NEW.status, OLD.fence, NEW.fence, current_query());
      END IF;
      RETURN NULL;
    END $$`);
  await query(`CREATE TRIGGER record_move AFTER UPDATE ON delivery FOR EACH ROW EXECUTE FUNCTION record_move()`);
}

/** Keeps every step that a receipt takes a recipient from now on. */
export async function recordReceipts({ query }: Pick<Heart, 'query'>): Promise<void> {
  await query('CREATE TABLE receipt_move (before text, after text, reason text)');
  await query(`
    CREATE FUNCTION record_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF current_query() LIKE '%receipt_poll p SET due_at%' THEN
        INSERT INTO receipt_move VALUES (OLD.status, NEW.status, NEW.reason);
      END IF;
      RETURN NULL;
    END $$`);
  await query(`CREATE TRIGGER record_receipt AFTER UPDATE ON recipient FOR EACH ROW EXECUTE FUNCTION record_receipt()`);
}

interface ReceiptMove {
  readonly before: RecipientStatus;
  readonly after: ReceiptStatus;
  readonly reason: string | null;
}

/** Steps of recipients that no receipt may take, and failed deliveries that have reached somebody. */
export async function faultsOfReceipts({ query }: Pick<Heart, 'query'>): Promise<string[]> {
  const moves = await query<ReceiptMove>('SELECT * FROM receipt_move');
  const reached = await query<{ id: string }>(
    `SELECT d.message_id || '.' || d.no AS id FROM delivery d
     JOIN recipient r ON r.message_id = d.message_id AND r.delivery_no = d.no
     WHERE d.status = 'failed' AND r.status IN ('sent', 'delivered', 'read')`,
  );
  const illegal = moves.filter(({ after, before, reason }) => {
    const isConfirmed = before === 'sent' && reason === 'confirmed_by_duplicate';
    return !isConfirmed && !canReceiptMove(before, after);
  });
  return [
    ...illegal.map(({ after, before }) => `${before} → ${after}`),
    ...reached.map(({ id }) => `${id} has failed and reached somebody`),
  ];
}

/** How many steps receipts have brought about: a check of nothing would prove nothing. */
export const receiptMoves = async ({ query }: Pick<Heart, 'query'>): Promise<number> =>
  (await query('SELECT FROM receipt_move')).length;

interface Move {
  readonly message_id: string;
  readonly no: number;
  readonly before: DeliveryStatus;
  readonly after: DeliveryStatus;
  readonly fence: number;
  readonly fence_after: number;
}

/** Steps that the state machine does not have, and fences that went back or jumped. */
export async function faultsInMoves({ query }: Pick<Heart, 'query'>): Promise<string[]> {
  const moves = await query<Move>('SELECT * FROM move');
  return moves
    .filter(({ before, after, fence, fence_after: next }) => {
      const isClaim = after === 'sending';
      return !canMove(before, after) || next !== fence + (isClaim ? 1 : 0);
    })
    .map(({ before, after, fence, fence_after: next }) => `${before} → ${after}, fence ${fence} → ${next}`);
}

/** The claims (`<message>.<delivery>.<fence>`) that ended by the write of their outcome, sorted. */
export async function claimsEndedByOutcome({ query }: Pick<Heart, 'query'>): Promise<string[]> {
  const moves = await query<Move>(`SELECT * FROM move WHERE before = 'sending' AND statement LIKE '%${OUTCOME_MARK}%'`);
  return moves.map(({ fence, message_id: id, no }) => `${id}.${no}.${fence}`).sort();
}

/** Only the outcome statement begins so. */
const OUTCOME_MARK = 'WITH input AS';

function faultsOf(row: BookRow): string[] {
  const { pending = 0, ...final } = row.rows ?? {};
  const total = Object.values(row.rows ?? {}).reduce((sum, count) => sum + count, 0);
  const expected = pending > 0 ? 'accepted' : finalMessageStatus(makeCounts(final));
  return [
    ...(total === row.row_count ? [] : [`${total} rows, said to be ${row.row_count}`]),
    ...(pending === row.open_rows ? [] : [`${pending} rows are pending, said to be ${row.open_rows}`]),
    ...(row.deliveries === row.delivery_count ? [] : [`${row.deliveries} deliveries, not ${row.delivery_count}`]),
    ...(row.status === expected ? [] : [`is ${row.status}, should be ${expected}`]),
    ...FINAL_RECIPIENT_STATUSES.filter((status) => (final[status] ?? 0) !== row.counters[status]).map(
      (status) => `${final[status] ?? 0} rows are ${status}, said to be ${row.counters[status]}`,
    ),
  ].map((fault) => `${row.id}: ${fault}`);
}

/** What does not agree between the messages' counters and the recipients' rows; empty: the books balance. */
export async function faultsInBooks({ query }: Pick<Heart, 'query'>): Promise<string[]> {
  const rows = await query<BookRow>(BOOKS);
  return rows.flatMap(faultsOf);
}
