import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { MAX_SHOWN_DELIVERIES, type DeliveryRow, type MessageRow } from './message-rows.js';
import type { TimelineEvent } from './message-view.js';
import { ProviderWords, type Reader } from './provider-words.js';
import {
  assembleTimeline,
  type TimelineAttemptRow,
  type TimelineEventRow,
  type TimelineFateRow,
  type TimelineRecallRow,
} from './timeline.js';

/** Reads what the timeline is assembled from. */
@Injectable()
export class TimelineReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProviderWords) private readonly words: ProviderWords,
  ) {}

  /** Of messages with very many deliveries, those of the first hundred, unless one is asked for. */
  async read(message: MessageRow, reader: Reader, deliveryNo?: number): Promise<readonly TimelineEvent[]> {
    const [from, to] = deliveryNo === undefined ? [1, MAX_SHOWN_DELIVERIES] : [deliveryNo, deliveryNo];
    const range = [message.id, from, to];
    const [deliveries, attempts, fates, recalls, events] = await Promise.all([
      this.database.query<DeliveryRow>(
        'SELECT * FROM delivery WHERE message_id = $1 AND no BETWEEN $2 AND $3 ORDER BY no',
        range,
      ),
      this.database.query<TimelineAttemptRow>(
        `SELECT delivery_no, no, started_at, finished_at, outcome, reason, code FROM attempt
         WHERE message_id = $1 AND delivery_no BETWEEN $2 AND $3 ORDER BY delivery_no, no`,
        range,
      ),
      this.database.query<TimelineFateRow>(
        `SELECT delivery_no, status, reason, count(*)::int AS count, max(updated_at) AS at FROM recipient
         WHERE message_id = $1 AND delivery_no BETWEEN $2 AND $3 AND status IN ('invalid', 'suppressed')
         GROUP BY delivery_no, status, reason`,
        range,
      ),
      this.database.query<TimelineRecallRow>(
        `SELECT delivery_no, status, reason, updated_at FROM recall_item
         WHERE message_id = $1 AND delivery_no BETWEEN $2 AND $3`,
        range,
      ),
      this.database.query<TimelineEventRow>(
        `SELECT at, event, delivery_no, reason, data FROM event
         WHERE message_id = $1 AND (delivery_no IS NULL OR delivery_no BETWEEN $2 AND $3)`,
        range,
      ),
    ]);
    const told = deliveries.map((delivery) => ({ ...delivery, error: this.words.errorOf(delivery, reader) ?? null }));
    const silent = this.silentAmong(deliveries, reader);
    const source = { message, deliveries: told, attempts, fates, recalls, events, silent };
    const channels = new Map(deliveries.map(({ channel, no }) => [no, channel]));
    return assembleTimeline(source, reader.language ?? 'en').map((event) => this.explained(event, channels, reader));
  }

  /** Attempts keep the bare code. */
  private explained(event: TimelineEvent, channels: ReadonlyMap<number, string>, reader: Reader): TimelineEvent {
    const code = event.event === 'attempt_finished' ? event.provider?.['code'] : undefined;
    if (typeof code !== 'string') return event;
    const channel = channels.get(event.deliveryNo ?? 0) ?? '';
    const provider = this.words.explain({ channel, code, reason: event.reason ?? null }, reader);
    return { ...event, provider: { ...provider } };
  }

  private silentAmong(deliveries: readonly DeliveryRow[], reader: Reader): ReadonlyMap<string, string> {
    const silent = deliveries.flatMap(({ channel }): [string, string][] => {
      const silence = this.words.silenceOf(channel, reader);
      return silence === undefined ? [] : [[channel, silence]];
    });
    return new Map(silent);
  }
}
