import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '#libs/core';
import {
  MessageReader,
  ProviderWords,
  RecipientReader,
  TimelineReader,
  finalMessageStatus,
  type MessageFilter,
} from '#libs/messages';
import { counterColumn, finalMessageStatusSql } from '../../../libs/messages/message-status.js';
import { FINAL_RECIPIENT_STATUSES, type FinalRecipientStatus } from '../../../libs/messages/states.js';
import { CALLER, makeCounts, makeTemplate } from '../../../libs/messages/testing/factories.js';
import { testChannels } from '../../../libs/messages/testing/test-channels.js';
import {
  claimed,
  failedOutcome,
  outcomeOf,
  responseCodes,
  retryOutcome,
  sentOutcome,
  startHeart,
  type Heart,
} from './heart.fixture.js';

const BATCH = newId();

let heart: Heart;
let reader: MessageReader;
const words = new ProviderWords(testChannels());

beforeAll(async () => {
  heart = await startHeart();
  reader = new MessageReader(heart.a.database, words, responseCodes);
}, 60_000);

afterAll(() => heart.stop());

describe('the final status of a message', () => {
  it('is the same in SQL as in code, for all counters', async () => {
    const anyCounts = fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2), {
      minLength: FINAL_RECIPIENT_STATUSES.length,
      maxLength: FINAL_RECIPIENT_STATUSES.length,
    });
    const samples = fc.sample(anyCounts, 2_000);
    const columns = FINAL_RECIPIENT_STATUSES.map(
      (status, index) => `(c ->> ${index})::int AS ${counterColumn(status)}`,
    );
    const rows = await heart.query<{ status: string }>(
      `SELECT ${finalMessageStatusSql((status) => `n.${counterColumn(status)}`)} AS status
       FROM (SELECT i, ${columns.join(', ')} FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS s (c, i)) n
       ORDER BY n.i`,
      [JSON.stringify(samples)],
    );
    const expected = samples.map((sample) => {
      const counts = Object.fromEntries(
        FINAL_RECIPIENT_STATUSES.map((status, index) => [status, sample[index] ?? 0]),
      ) as Record<FinalRecipientStatus, number>;
      return finalMessageStatus(makeCounts(counts));
    });
    expect(rows.map(({ status }) => status)).toEqual(expected);
    expect(new Set(expected).size).toBeGreaterThan(5);
  });
});

describe('a message that is read', () => {
  const shown = async (id: string): Promise<string> => (await reader.get(id, {})).status;

  it('is accepted, scheduled or being sent while it is open, by what its deliveries do', async () => {
    const waiting = await heart.accept(['a'], { sendAt: new Date(Date.now() + 60_000) });
    await expect(shown(waiting.id)).resolves.toBe('scheduled');
    const { id } = await heart.accept(['a']);
    await expect(shown(id)).resolves.toBe('accepted');
    const delivery = await claimed(heart.a, id);
    await expect(shown(id)).resolves.toBe('sending');
    await heart.a.outcomes.write(retryOutcome(delivery));
    await expect(shown(id)).resolves.toBe('sending');
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, id)));
    await expect(shown(id)).resolves.toBe('sent');
  });

  it('is scheduled when it waits without having been tried', async () => {
    const { id } = await heart.accept(['a']);
    const delivery = await claimed(heart.a, id);
    await heart.a.outcomes.write(outcomeOf(delivery, { status: 'scheduled', reason: 'quiet_hours', waitMs: 60_000 }));
    await expect(shown(id)).resolves.toBe('scheduled');
  });

  it('is not there for another caller', async () => {
    const { id } = await heart.accept(['a']);
    await expect(reader.get(id, { callerId: newId() })).rejects.toMatchObject({ code: 'not_found' });
    await expect(reader.get(id, { callerId: CALLER })).resolves.toMatchObject({ id });
  });
});

describe('a list of messages', () => {
  const ids = new Map<string, string>();
  const listed = async (filter: Partial<MessageFilter>): Promise<string[]> => {
    const names = new Map([...ids].map(([name, id]) => [id, name]));
    const views = await reader.list({ callerId: CALLER, ids: [...ids.values()], limit: 50, ...filter });
    return views.map(({ id }) => names.get(id) ?? id);
  };

  beforeAll(async () => {
    const accept = async (name: string, ...args: Parameters<Heart['accept']>): Promise<string> => {
      const { id } = await heart.accept(...args);
      ids.set(name, id);
      return id;
    };
    await accept('accepted', ['a'], { batchId: BATCH });
    await accept('scheduled', ['a'], { sendAt: new Date(Date.now() + 60_000) });
    await claimed(heart.a, await accept('sending', ['b']));
    const sent = await accept('sent', ['a'], { template: makeTemplate({}, 'other') });
    await heart.a.outcomes.write(sentOutcome(await claimed(heart.a, sent), 'vendor-7'));
    await heart.a.outcomes.write(failedOutcome(await claimed(heart.a, await accept('failed', ['a']))));
  });

  it.each([
    [['accepted'], ['accepted']],
    [['scheduled'], ['scheduled']],
    [['sending'], ['sending']],
    [['sent'], ['sent']],
    [
      ['failed', 'accepted'],
      ['failed', 'accepted'],
    ],
    [['read'], []],
  ])('finds the status %j as it is shown', async (status, expected) => {
    await expect(listed({ status })).resolves.toEqual(expected);
  });

  it('is newest first and goes on after an id', async () => {
    await expect(listed({})).resolves.toEqual(['failed', 'sent', 'sending', 'scheduled', 'accepted']);
    await expect(listed({ limit: 2, before: ids.get('sent') ?? '' })).resolves.toEqual(['sending', 'scheduled']);
  });

  it.each([
    [{ template: ['other'] }, ['sent']],
    [{ recipient: ['user:b'] }, ['sending']],
    [{ providerMsgId: ['vendor-7'] }, ['sent']],
    [{ batchId: [BATCH] }, ['accepted']],
    [{ reason: ['content_invalid'] }, ['failed']],
    [{ account: ['note-1'] }, []],
    [{ channel: ['letter'], template: ['other'] }, ['sent']],
    [{ createdBefore: new Date(Date.now() - 3_600_000) }, []],
  ] as const)('is filtered by %j', async (filter, expected) => {
    await expect(listed(filter)).resolves.toEqual(expected);
  });

  it('finds messages by the ids of the vendor', async () => {
    await expect(reader.findByProviderIds([{ account: 'letter-1', id: 'vendor-7' }], {})).resolves.toEqual([
      ids.get('sent'),
    ]);
    await expect(reader.findByProviderIds([{ account: 'note-1', id: 'vendor-7' }], {})).resolves.toEqual([]);
    await expect(
      reader.findByProviderIds([{ account: 'letter-1', id: 'vendor-7' }], { callerId: newId() }),
    ).resolves.toEqual([]);
  });
});

describe('what is told of a message', () => {
  it('is assembled from its rows: a wait, a call, who was refused, and what a person did', async () => {
    const { id } = await heart.accept(['a', 'b']);
    const waits = await claimed(heart.a, id);
    await heart.a.outcomes.write(outcomeOf(waits, { status: 'scheduled', reason: 'quiet_hours', waitMs: 0 }));
    const delivery = await claimed(heart.a, id);
    await heart.a.outcomes.write({
      ...sentOutcome(delivery),
      status: 'partial',
      exceptions: [{ rowNo: 2, status: 'invalid', reason: 'recipient_unknown' }],
    });
    await heart.a.recalls.recallMessage(id, { callerId: CALLER, keyName: 'test' });
    const timeline = await new TimelineReader(heart.a.database, words).read(await reader.getRow(id, {}), {});
    expect(timeline.map(({ event, reason }) => [event, reason].filter(Boolean).join(' '))).toEqual([
      'accepted',
      'planned',
      'rescheduled quiet_hours',
      'claimed',
      'attempt_started',
      'attempt_finished',
      'sent',
      'recipient_refused recipient_unknown',
      'recall_requested',
    ]);
  });

  it('gives each recipient its own fate, in the order of the request', async () => {
    const { id } = await heart.accept(['a', 'b', 'c']);
    const delivery = await claimed(heart.a, id);
    await heart.a.outcomes.write({
      ...sentOutcome(delivery),
      status: 'partial',
      exceptions: [{ rowNo: 2, status: 'invalid', reason: 'recipient_unknown' }],
    });
    const recipients = new RecipientReader(heart.a.database, words);
    const page = await recipients.list(id, { limit: 2 }, 'en');
    expect(page.map(({ rowNo, view }) => [rowNo, view.recipient, view.status, view.reason])).toEqual([
      [1, 'user:a', 'sent', undefined],
      [2, 'user:b', 'invalid', 'recipient_unknown'],
    ]);
    const rest = await recipients.list(id, { after: 2, limit: 2, status: ['sent'] }, 'en');
    expect(rest.map(({ rowNo }) => rowNo)).toEqual([3]);
  });
});
