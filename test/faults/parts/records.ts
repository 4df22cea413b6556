import { lowestIdAt } from '#libs/core';
import type { Deployment } from '../deployment.js';

/** One message as PostgreSQL has it. */
export interface StoredMessage {
  readonly id: string;
  readonly text: string;
  readonly status: string;
  readonly open_rows: number;
  /** Attempts whose outcome nobody knows, unfinished ones included. */
  readonly unclear: number;
  readonly attempts: number;
  /** A delivery of it says that it may have arrived twice. */
  readonly possible_duplicate: boolean;
}

/** One delivery as PostgreSQL has it. */
export interface StoredDelivery {
  readonly text: string;
  readonly status: string;
  readonly reason: string | null;
  /** Those that count. */
  readonly attempts: number;
}

const DELIVERIES = `
  SELECT m.params->>'text' AS text, d.status, d.reason, d.attempts
  FROM delivery d JOIN message m ON m.id = d.message_id
  WHERE m.id >= $1::uuid AND starts_with(m.params->>'text', $2) ORDER BY d.message_id, d.no`;

const STORED = `
  SELECT m.id, m.params->>'text' AS text, m.status, m.open_rows,
    (SELECT count(*)::int FROM attempt a
     WHERE a.message_id = m.id AND (a.outcome = 'unknown' OR a.finished_at IS NULL)) AS unclear,
    (SELECT count(*)::int FROM attempt a WHERE a.message_id = m.id) AS attempts,
    (SELECT bool_or(d.possible_duplicate) FROM delivery d WHERE d.message_id = m.id) AS possible_duplicate
  FROM message m WHERE m.id >= $1::uuid AND starts_with(m.params->>'text', $2)`;

const DOUBTS = `
  SELECT coalesce(a.reason, 'unfinished') AS reason, count(*)::int AS count
  FROM attempt a JOIN message m ON m.id = a.message_id
  WHERE m.id >= $1::uuid AND starts_with(m.params->>'text', $2) AND (a.outcome = 'unknown' OR a.finished_at IS NULL)
  GROUP BY 1 ORDER BY 1`;

const OPEN = `
  SELECT count(*)::int AS open FROM message m
  WHERE m.id >= $1::uuid AND m.open_rows > 0 AND starts_with(m.params->>'text', $2)`;

/** The messages of one scenario, read from the tables themselves. */
export class Records {
  private readonly since: string;

  constructor(
    private readonly deployment: Deployment,
    private readonly prefix: string,
    since: Date,
  ) {
    this.since = lowestIdAt(since);
  }

  list(): Promise<StoredMessage[]> {
    return this.deployment.query<StoredMessage>(STORED, [this.since, this.prefix]);
  }

  /** Of messages whose text begins so, oldest first. */
  deliveries(text = this.prefix): Promise<StoredDelivery[]> {
    return this.deployment.query<StoredDelivery>(DELIVERIES, [this.since, text]);
  }

  /** Why nobody knows what became of an attempt, and how often: for people who read a result. */
  async doubts(): Promise<string> {
    const rows = await this.deployment.query<{ reason: string; count: number }>(DOUBTS, [this.since, this.prefix]);
    return rows.map(({ count, reason }) => `${count} ${reason}`).join(' ');
  }

  /** Messages of which something is in no final state. */
  async open(): Promise<number> {
    const [row] = await this.deployment.query<{ open: number }>(OPEN, [this.since, this.prefix]);
    return row?.open ?? 0;
  }
}
