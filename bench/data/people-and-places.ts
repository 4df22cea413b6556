import type { Database } from '#libs/database';
import type { ApiClient } from '../../test/e2e/api-client.js';
import { Given } from '../../test/e2e/given.js';

/** Who sends what by which account: what the made-up messages refer to. */
export interface Place {
  readonly callerId: string;
  readonly template: string;
  readonly channel: string;
  readonly account: string;
}

const CALLERS = 5;
const ACCOUNTS = ['wecom-app', 'wecom-app', 'wecom-app', 'dingtalk-work', 'dingtalk-work', 'wecom-robot'] as const;
/** One in a hundred thousand messages goes by it: whoever asks for it must not wait for all the others. */
const RARE_CHANNEL = 'dingtalk-robot';
const TEMPLATES = 40;

/** The first run makes them by the API, later ones find them. */
export async function givenPlaces(api: ApiClient, sql: Database): Promise<readonly Place[]> {
  const known = await sql.query<Place>('SELECT * FROM bench_place ORDER BY no').catch(() => []);
  if (known.length > 0) return known;
  const given = new Given(api);
  const places: Place[] = [];
  const accounts = [];
  for (const channel of ACCOUNTS) accounts.push({ channel, account: await given.account(channel) });
  for (let no = 0; no < CALLERS; no += 1) await given.caller();
  const callers = await sql.query<{ id: string }>(`SELECT id FROM caller WHERE code LIKE 'caller-%' ORDER BY code`);
  for (let no = 0; no < TEMPLATES; no += 1) {
    const { account, channel } = accounts[no % accounts.length] ?? { account: '', channel: '' };
    const { code } = await given.template(channel, { account });
    places.push({ callerId: callers[no % CALLERS]?.id ?? '', template: code, channel, account });
  }
  const rare = await given.template(RARE_CHANNEL);
  places.push({
    callerId: callers[0]?.id ?? '',
    template: rare.code,
    channel: RARE_CHANNEL,
    account: rare.account,
  });
  await sql.query(
    `CREATE TABLE bench_place AS SELECT no::int - 1 AS no, p->>'callerId' AS "callerId", p->>'template' AS template,
       p->>'channel' AS channel, p->>'account' AS account
     FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS x (p, no)`,
    [JSON.stringify(places)],
  );
  return places;
}
