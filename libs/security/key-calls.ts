import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { Database, UnnestTable } from '#libs/database';

/** How a key was used on one day. */
export interface KeyDay {
  /** `2026-11-22`, in the time zone of the statistics. */
  readonly day: string;
  readonly requests: number;
  /** Requests that a limit of the key refused; among `requests`. */
  readonly refused: number;
  /** Recipients of what was accepted. */
  readonly recipients: number;
}

type Calls = Record<'requests' | 'refused' | 'recipients', number>;

interface CallRow extends Calls {
  readonly keyId: string;
}

const EVERY_MS = 1_000;
const KEPT_DAYS = 400;

const calls = new UnnestTable<CallRow>('c', {
  key_id: ['uuid', ({ keyId }) => keyId],
  requests: ['bigint', ({ requests }) => requests],
  refused: ['bigint', ({ refused }) => refused],
  recipients: ['bigint', ({ recipients }) => recipients],
});

const ADD = `
  WITH gone AS (DELETE FROM key_day WHERE key_id IN (SELECT key_id FROM ${calls.from(2)})
                  AND day < (now() AT TIME ZONE $1)::date - ${KEPT_DAYS})
  INSERT INTO key_day AS d (key_id, day, requests, refused, recipients)
  SELECT key_id, (now() AT TIME ZONE $1)::date, requests, refused, recipients FROM ${calls.from(2)} ORDER BY key_id
  ON CONFLICT (key_id, day) DO UPDATE SET requests = d.requests + excluded.requests,
    refused = d.refused + excluded.refused, recipients = d.recipients + excluded.recipients`;

/**
 * Counts what keys are used for: in memory, written once a second, so that a request pays nothing. What a crash loses
 * is a second of a figure that nothing is decided by.
 */
@Injectable()
export class KeyCalls implements BeforeApplicationShutdown {
  private readonly logger = new Logger(KeyCalls.name);
  private counted = new Map<string, Calls>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  count(keyId: string, what: keyof Calls, amount = 1): void {
    const known = this.counted.get(keyId) ?? { requests: 0, refused: 0, recipients: 0 };
    this.counted.set(keyId, known);
    known[what] += amount;
    this.timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
  }

  /** Newest day first; days without a request are left out. */
  async list(keyId: string, days: number): Promise<KeyDay[]> {
    const rows = await this.database.query<Record<keyof KeyDay, string>>(
      `SELECT day::text, requests, refused, recipients FROM key_day
       WHERE key_id = $1 AND day > (now() AT TIME ZONE $2)::date - $3::int ORDER BY day DESC`,
      [keyId, this.config.stats.timeZone, days],
    );
    return rows.map(({ day, recipients, refused, requests }) => ({
      day,
      requests: Number(requests),
      refused: Number(refused),
      recipients: Number(recipients),
    }));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** Writes what was counted; what PostgreSQL does not take is counted with the next. */
  private async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { counted } = this;
    if (counted.size === 0) return;
    this.counted = new Map();
    try {
      const rows = [...counted].map(([keyId, amounts]) => ({ keyId, ...amounts }));
      await this.database.query(ADD, [this.config.stats.timeZone, ...calls.values(rows)]);
    } catch (error) {
      this.logger.warn(`Requests of keys could not be counted and are counted later: ${String(error)}`);
      for (const [keyId, amounts] of counted) this.keep(keyId, amounts);
    }
  }

  private keep(keyId: string, { recipients, refused, requests }: Calls): void {
    this.count(keyId, 'requests', requests);
    this.count(keyId, 'refused', refused);
    this.count(keyId, 'recipients', recipients);
  }
}
