import type { Database } from '#libs/database';
import type { Place } from './people-and-places.js';

/** Something that people ask, and the paths that ask it: another one each time. */
export interface Question {
  readonly name: string;
  readonly path: (turn: number) => string;
}

/** Messages to ask about, spread over all of time. */
interface Sample {
  readonly id: string;
  readonly ref: string;
  readonly batch: string | null;
  readonly key: string | null;
  readonly providerMsgId: string | null;
}

const HOUR_MS = 3_600_000;
const SAMPLES = `
  SELECT m.id, m.business_key AS key, m.batch_id::text AS batch, d.provider_msg_id AS "providerMsgId",
    (SELECT r.ref FROM recipient r WHERE r.message_id = m.id LIMIT 1) AS ref
  FROM bench_span b, generate_series(1, 200) i
  CROSS JOIN LATERAL (
    SELECT * FROM message m WHERE m.id > overlay(overlay(repeat('0', 32) placing
      lpad(to_hex((extract(epoch FROM b.ends) * 1000)::bigint - i * 21000000::bigint), 12, '0') from 1 for 12)
      placing '7' from 13 for 1)::uuid AND m.batch_id IS NOT NULL AND m.business_key IS NOT NULL AND m.status = 'sent'
    ORDER BY m.id LIMIT 1) m
  JOIN delivery d ON d.message_id = m.id`;

const since = (hours: number): string => encodeURIComponent(new Date(Date.now() - hours * HOUR_MS).toISOString());

export async function questionsOf(sql: Database, places: readonly Place[]): Promise<readonly Question[]> {
  const samples = await sql.query<Sample>(SAMPLES);
  const at = <T>(items: readonly T[], turn: number): T => {
    const item = items[turn % items.length];
    if (item === undefined) throw new Error('There is nothing to ask about');
    return item;
  };
  const sample = (turn: number): Sample => at(samples, turn * 7);
  const place = (turn: number): Place => at(places, turn * 3);
  return [...lists(sample, place, places), ...single(sample), ...figures(place)];
}

type Pick<T> = (turn: number) => T;

function lists(sample: Pick<Sample>, place: Pick<Place>, places: readonly Place[]): Question[] {
  const rare = places.at(-1);
  const deep = (turn: number): string => encodeURIComponent(since(24 * (1 + (turn % 28))));
  const list = (name: string, query: Pick<string>): Question => ({
    name: `list: ${name}`,
    path: (turn) => `/v1/messages?${query(turn)}`,
  });
  return [
    list('newest', () => ''),
    list('some days back', (turn) => `createdBefore=${decodeURIComponent(deep(turn))}`),
    list('template', (turn) => `template=${place(turn).template}`),
    list('rare template', () => `template=${rare?.template ?? ''}`),
    list('status failed', () => 'status=failed'),
    list('status failed or unknown, template', (turn) => `status=failed,unknown&template=${place(turn).template}`),
    list('in flight', () => 'status=accepted,sending,scheduled'),
    list('reason', () => 'reason=no_license'),
    list('account', (turn) => `account=${place(turn).account}`),
    list('two accounts', (turn) => `account=${place(turn).account},${place(turn + 1).account}`),
    list('channel', (turn) => `channel=${place(turn).channel}`),
    list('rare channel', () => `channel=${rare?.channel ?? ''}`),
    list('unused channel', () => 'channel=dingtalk-app-robot'),
    list('batch', (turn) => `batchId=${sample(turn).batch ?? ''}`),
    list('business key', (turn) => `businessKey=${sample(turn).key ?? ''}`),
    list('vendor id', (turn) => `providerMsgId=${sample(turn).providerMsgId ?? ''}`),
    list('recipient', (turn) => `recipient=${sample(turn).ref}`),
    list('template and failed, one day', (turn) => {
      const hours = 24 * (1 + (turn % 28));
      return `template=${place(turn).template}&status=failed&createdAfter=${since(hours)}&createdBefore=${since(hours - 24)}`;
    }),
  ];
}

function single(sample: Pick<Sample>): Question[] {
  const ask = (name: string, path: Pick<string>): Question => ({ name, path });
  return [
    ask('search: message id', (turn) => `/v1/search?q=${sample(turn).id}`),
    ask('search: user', (turn) => `/v1/search?q=${sample(turn).ref.replace('user:', '')}`),
    ask('search: business key', (turn) => `/v1/search?q=${encodeURIComponent(sample(turn).key ?? '')}`),
    ask('search: vendor id', (turn) => `/v1/search?q=${sample(turn).providerMsgId ?? ''}`),
    ask('search: unknown text', (turn) => `/v1/search?q=nothing-${turn}`),
    ask('trace: message', (turn) => `/v1/messages/${sample(turn).id}`),
    ask('trace: timeline', (turn) => `/v1/messages/${sample(turn).id}/timeline`),
    ask('trace: recipients', (turn) => `/v1/messages/${sample(turn).id}/recipients`),
    ask('trace: attempts', (turn) => `/v1/messages/${sample(turn).id}/attempts`),
    ask('person: messages', (turn) => `/v1/recipients/${sample(turn).ref}/messages`),
    ask('person: explain', (turn) => `/v1/recipients/${sample(turn).ref}/explain`),
    ask('export: one hour', (turn) => {
      const hours = 2 + 11 * turn;
      return `/v1/messages/export?createdAfter=${since(hours)}&createdBefore=${since(hours - 1)}`;
    }),
  ];
}

function figures(place: Pick<Place>): Question[] {
  const ask = (name: string, path: Pick<string>): Question => ({ name: `figures: ${name}`, path });
  return [
    ask('summary of a day', () => `/v1/stats/summary?createdAfter=${since(24)}`),
    ask('summary of 30 days by channel', () => `/v1/stats/summary?createdAfter=${since(720)}&groupBy=channel`),
    ask(
      '7 days by the hour and status',
      () => `/v1/stats/timeseries?createdAfter=${since(168)}&bucket=hour&groupBy=status`,
    ),
    ask(
      '7 days by the hour, template',
      (turn) => `/v1/stats/timeseries?createdAfter=${since(168)}&bucket=hour&template=${place(turn).template}`,
    ),
    ask(
      '6 hours by the minute and channel',
      () => `/v1/stats/timeseries?createdAfter=${since(6)}&bucket=minute&groupBy=channel`,
    ),
    ask(
      '7 days by the hour, p95',
      () => `/v1/stats/timeseries?createdAfter=${since(168)}&bucket=hour&metric=latency_p95`,
    ),
    ask(
      '30 days by the day and template',
      () => `/v1/stats/timeseries?createdAfter=${since(720)}&bucket=day&groupBy=template`,
    ),
    ask('reasons of 7 days', () => `/v1/stats/reasons?createdAfter=${since(168)}`),
    ask('queues', () => '/v1/queues'),
  ];
}
