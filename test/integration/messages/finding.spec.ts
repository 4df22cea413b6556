import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lowestIdAt } from '#libs/core';
import { MessageReader, ProviderWords, RecipientReader, canonicalRef } from '#libs/messages';
import { pageSql, type MessageFilter } from '../../../libs/messages/read/message-filter.js';
import { CALLER, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { testChannels } from '../../../libs/messages/testing/test-channels.js';
import {
  claimed,
  failedOutcome,
  outcomeOf,
  responseCodes,
  sentOutcome,
  startHeart,
  type Heart,
} from './heart.fixture.js';

const MESSAGES = 40_000;
const DAY_MS = 86_400_000;

let heart: Heart;
let reader: MessageReader;
const words = new ProviderWords(testChannels());

const FIRST_MS = Date.now() - 30 * DAY_MS;
const STEP_MS = Math.floor((30 * DAY_MS) / MESSAGES);

/** Ids of the last thirty days, evenly. */
const ID = `(lpad(to_hex(${FIRST_MS}::bigint + n * ${STEP_MS}::bigint), 12, '0')
  || '7000800000000000' || lpad(to_hex(n), 4, '0'))::uuid`;

/** Four messages went by another channel. */
const RARE = 'n % 10000 = 33';

/** Most blocks of 8 KiB that a page may touch: a look at each message takes several times as many. */
const MOST_BLOCKS = 4_000;

/** Sequential scans of partitions that hold rows. */
function sequentialScans(plan: string): readonly string[] {
  const months = [FIRST_MS, Date.now()].map((ms) => new Date(ms).toISOString().slice(0, 7).replace('-', '_'));
  return plan.match(new RegExp(`Seq Scan on (message|delivery|recipient)_(${months.join('|')})`, 'g')) ?? [];
}

async function fill(): Promise<void> {
  await heart.query(
    `INSERT INTO message (id, caller_id, template, template_version, status, reason, expire_at, recipient_count,
       delivery_count, row_count, open_rows, created_at, updated_at)
     SELECT ${ID}, '${CALLER}', 't' || n % 20, 1, CASE WHEN n % 500 = 0 THEN 'failed' ELSE 'sent' END,
       CASE WHEN n % 500 = 0 THEN 'no_license' END, now(), 1, 1, 1, 0, now(), now()
     FROM generate_series(1, ${MESSAGES}) n`,
  );
  await heart.query(
    `INSERT INTO delivery (message_id, no, kind, route_no, channel, account, caller_id, status, priority, resend_budget,
       expire_at, publish_at, provider_msg_id, created_at, updated_at)
     SELECT ${ID}, 1, 'first', 1, CASE WHEN ${RARE} THEN 'note' ELSE 'letter' END,
       CASE WHEN ${RARE} THEN 'rare' ELSE 'account-' || n % 50 END, '${CALLER}', 'sent', 10, 1, now(), now(), 'p' || n,
       now(), now() FROM generate_series(1, ${MESSAGES}) n`,
  );
  await heart.query(
    `INSERT INTO recipient (message_id, row_no, delivery_no, route_no, ref, addressee_type, addressee_id, status,
       updated_at)
     SELECT ${ID}, 1, 1, 1, 'user:u' || n % 1000, 'user', 'u' || n % 1000, 'sent', now()
     FROM generate_series(1, ${MESSAGES}) n`,
  );
  await heart.query('ANALYZE message, delivery, recipient');
}

beforeAll(async () => {
  heart = await startHeart();
  reader = new MessageReader(heart.a.database, words, responseCodes);
}, 60_000);

afterAll(() => heart.stop());

describe('a message that is described', () => {
  it('says in one sentence what became of its recipients, and until when it can be taken back', async () => {
    const { id } = await heart.accept(['a', 'b', 'c']);
    const delivery = await claimed(heart.a, id);
    await heart.a.outcomes.write({
      ...sentOutcome(delivery),
      status: 'partial',
      exceptions: [{ rowNo: 2, status: 'invalid', reason: 'outside_scope' }],
    });
    const view = await reader.getDescribed(id, {});
    expect(view).toMatchObject({ accounts: ['letter-1'], firstRecipient: 'user:a' });
    expect(view.sentence).toMatch(/^Sent to 2, 1 refused as recipients/);
    const window = Date.parse(view.recallableUntil ?? '') - Date.parse(view.deliveries?.[0]?.sentAt ?? '');
    expect(window).toBe((words.recallSecondsOf('letter') ?? 0) * 1000);
    expect((await reader.getDescribed(id, { language: 'zh' })).sentence).toMatch(/^2 位已发送，1 位收件人无效/);
  });

  it('says what it waits for', async () => {
    const { id } = await heart.accept(['a']);
    await heart.a.outcomes.write(
      outcomeOf(await claimed(heart.a, id), { status: 'scheduled', reason: 'quiet_hours', waitMs: 60_000 }),
    );
    const view = await reader.getDescribed(id, {});
    expect(view.sentence).toBe('1 to go, waits: Quiet hours.');
    expect(view.recallableUntil).toBeUndefined();
  });

  it('is not there for another caller', async () => {
    const { id } = await heart.accept(['a']);
    const stranger = { callerId: '0197c2f4-7a00-7000-8000-00000000ca12' };
    await expect(reader.getDescribed(id, stranger)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the recipients of a message', () => {
  it('are summed up by fate, the largest group first, with what can be done', async () => {
    const recipients = new RecipientReader(heart.a.database, words);
    const { id } = await heart.accept(['a', 'b', 'c', 'd', 'e', 'f']);
    const delivery = await claimed(heart.a, id);
    const refused = (rowNo: number) => ({ rowNo, status: 'invalid' as const, reason: 'outside_scope' });
    await heart.a.outcomes.write({
      ...sentOutcome(delivery),
      status: 'partial',
      exceptions: [refused(2), refused(3)],
    });
    const groups = await recipients.summarize(id, 'en');
    expect(groups).toMatchObject([
      { status: 'pending', count: 3, sample: ['user:d', 'user:e', 'user:f'], remedies: [] },
      { status: 'invalid', reason: 'outside_scope', channel: 'letter', count: 2, sample: ['user:b', 'user:c'] },
      { status: 'sent', count: 1, sample: ['user:a'] },
    ]);
    expect(groups[1]?.text).toBe('The app “letter-1” cannot see this person.');
    expect(groups[1]?.remedies[0]).toEqual({ id: 'check_account', label: 'Check the account' });
    const found = async (filter: object): Promise<string[]> =>
      (await recipients.list(id, { limit: 9, ...filter }, 'en')).map(({ view }) => view.recipient);
    await expect(found({ reason: ['outside_scope'] })).resolves.toEqual(['user:b', 'user:c']);
    await expect(found({ q: 'ER:D' })).resolves.toEqual(['user:d']);
    await expect(found({ q: '%' })).resolves.toEqual([]);
  });
});

describe('a ref in a query', () => {
  it.each([
    ['zhangsan', 'user:zhangsan'],
    ['mobile:+86 138-0000-0000', 'mobile:13800000000'],
    ['email:Li@Corp.cn', 'email:li@corp.cn'],
    ['wecom:ZhangSan', 'wecom:zhangsan'],
    ['dingtalk:ManagerA', 'dingtalk:ManagerA'],
    ['wecom:department:12', 'wecom:department:12'],
    ['group:ops-robot', 'group:ops-robot'],
    ['all', 'all'],
    ['x|y', 'x|y'],
  ])('%s is looked for as %s', (text, ref) => {
    expect(canonicalRef(text)).toBe(ref);
  });
});

describe('among very many messages a page', () => {
  beforeAll(fill, 60_000);

  const recent = { createdAfter: new Date(Date.now() - 30 * DAY_MS - 60_000), limit: 51 };
  const FILTERS: readonly Partial<MessageFilter>[] = [
    {},
    { before: lowestIdAt(new Date(Date.now() - 10 * DAY_MS)) },
    { callerId: CALLER },
    { status: ['failed'] },
    { status: ['failed', 'unknown'] },
    { status: ['sending', 'failed'] },
    { template: ['t7'] },
    { template: ['t7', 't8', 'none'], status: ['sent'] },
    { reason: ['no_license'] },
    { reason: ['no_license', 'recipient_unknown'], callerId: CALLER },
    { account: ['account-7'] },
    { account: ['account-7', 'account-8'] },
    { account: ['account-7', 'account-8'], status: ['failed'] },
    { account: ['account-7'], channel: ['letter'] },
    { account: ['account-7'], recipient: ['user:u7'] },
    { channel: ['letter'] },
    { channel: ['note'] },
    { channel: ['none'], callerId: CALLER },
    { channel: ['letter', 'note'], status: ['failed'] },
    { recipient: ['user:u7'] },
    { recipient: ['user:u7', 'letter:u7'], template: ['t7'] },
    { providerMsgId: ['p77'] },
    { batchId: ['0197c2f4-7a00-7000-8000-00000000ba7c'] },
    { ids: [lowestIdAt(new Date())] },
  ];

  it.each(FILTERS)('with the filter %j is found by indexes', async (filter) => {
    const page = pageSql({ ...recent, ...filter });
    const plan = await heart.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${page.sql}`, page.values);
    const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(lines).toMatch(/Index (Only )?Scan/);
    expect(sequentialScans(lines)).toEqual([]);
  });

  it.each(FILTERS)('with the filter %j touches few rows', async (filter) => {
    const page = pageSql({ ...recent, ...filter });
    const [row] = await heart.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${page.sql}`,
      page.values,
    );
    const { 'Shared Hit Blocks': hit = NaN, 'Shared Read Blocks': read = NaN } = row?.['QUERY PLAN'][0]?.Plan ?? {};
    expect(hit + read).toBeLessThan(MOST_BLOCKS);
  });

  it.each([
    [{ channel: ['note'] }, MESSAGES / 10_000],
    [{ account: ['account-7', 'account-8', 'none'], status: ['sent'] }, (2 * MESSAGES) / 50],
    [{ account: ['rare'], channel: ['letter'] }, 0],
    [{ channel: ['note'], callerId: CALLER }, MESSAGES / 10_000],
    [{ reason: ['no_license'] }, MESSAGES / 500],
    [{ status: ['failed', 'sent'], reason: ['no_license'] }, MESSAGES / 500],
    [{ account: ['account-7', 'account-8'], template: ['t7', 't8'] }, (2 * MESSAGES) / 100],
    [{ recipient: ['user:u7', 'user:u8'], template: ['t7'] }, MESSAGES / 1000],
  ])('with the filter %j goes on to the last message, each once and in order', async (filter, count) => {
    const ids: string[] = [];
    for (;;) {
      const before = ids.at(-1);
      const page = await reader.list({ ...recent, ...filter, limit: 17, ...(before && { before }) });
      ids.push(...page.map(({ id }) => id));
      if (page.length < 17) break;
    }
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(ids).toHaveLength(count);
  });

  it('holds what is found by several values of several filters', async () => {
    const { id } = await heart.accept(['x'], { template: makeTemplate({}, 'rare') });
    await heart.a.outcomes.write(failedOutcome(await claimed(heart.a, id)));
    const found = await reader.list({
      template: ['rare', 't7'],
      status: ['failed', 'expired'],
      recipient: ['user:x', 'user:y'],
      limit: 10,
    });
    expect(found.map((message) => message.id)).toEqual([id]);
  });
});
