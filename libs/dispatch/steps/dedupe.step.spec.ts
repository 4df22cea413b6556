import { describe, expect, it } from '@jest/globals';
import type { ClaimAnswer, ClaimedRecipient, DedupeClaim, DedupeStore } from '#libs/messages';
import type { DedupeRules } from '#libs/templates';
import { makeClaimed, makePrepared, makeRecipient, makeTemplate } from '../testing/factories.js';
import { DedupeStep } from './dedupe.step.js';

const HOLDER = '0197c2f4-7a00-7000-8000-00000000beef';
const CONTENT: DedupeRules = { content: { windowSeconds: 300, limit: 1 }, frequency: null };
const FREQUENCY: DedupeRules = { content: null, frequency: { windowSeconds: 86_400, limit: 5 } };

/** Grants everything but the claims that `refuses` picks. */
class FakeDedupeStore {
  readonly claims: DedupeClaim[] = [];

  constructor(private readonly refuses: (claim: DedupeClaim) => boolean = () => false) {}

  claim(claim: DedupeClaim): Promise<ClaimAnswer> {
    this.claims.push(claim);
    return Promise.resolve(this.refuses(claim) ? { granted: false, holder: HOLDER } : { granted: true });
  }
}

async function admit(
  dedupe: DedupeRules,
  recipients: readonly ClaimedRecipient[],
  refuses?: (claim: DedupeClaim) => boolean,
  content = 'hello',
) {
  const store = new FakeDedupeStore(refuses);
  const prepared = {
    ...makePrepared(makeClaimed({ recipients }), makeTemplate({ dedupe })),
    content: { kind: 'text', content },
  };
  const result = await new DedupeStep(store as unknown as DedupeStore).run(prepared);
  return { result, store, run: prepared.run };
}

const both = [makeRecipient(1), makeRecipient(2)];
const keysOf = async (...args: Parameters<typeof admit>): Promise<string[]> =>
  (await admit(...args)).store.claims.map(({ key }) => key.toString('hex'));

describe('the dedupe step', () => {
  it('admits everybody, and asks nobody, when the template has no rule', async () => {
    const { result, store } = await admit({ content: null, frequency: null }, both, () => true);
    expect(result).toMatchObject({ next: { admitted: both } });
    expect(store.claims).toEqual([]);
  });

  it('claims one key per recipient, owned by the message, and keeps them for the outcome', async () => {
    const { result, run, store } = await admit(CONTENT, both);
    expect(result).toMatchObject({ next: { admitted: both } });
    expect(store.claims).toMatchObject([
      { messageId: run.messageId, maxOwners: 1, windowSeconds: 300, recipient: both[0] },
      { messageId: run.messageId, maxOwners: 1, windowSeconds: 300, recipient: both[1] },
    ]);
    expect(run.claims.map(({ rowNo, windowSeconds }) => [rowNo, windowSeconds])).toEqual([
      [1, 300],
      [2, 300],
    ]);
    expect(run.settled).toEqual([]);
  });

  it('leaves out who has had it, naming the message that holds the claim', async () => {
    const { result, run } = await admit(CONTENT, both, ({ recipient }) => recipient.addresseeId === 'u1');
    expect(result).toMatchObject({ next: { admitted: [both[1]] } });
    expect(run.settled).toEqual([
      { rowNo: 1, status: 'suppressed', reason: 'duplicate_content', detail: { duplicateOf: HOLDER } },
    ]);
    expect(run.claims.map(({ rowNo }) => rowNo)).toEqual([2]);
  });

  it('stops when nobody is left', async () => {
    const { result, run } = await admit(CONTENT, both, () => true);
    expect(result).toEqual({ stop: { status: 'suppressed', reason: 'duplicate_content' } });
    expect(run.settled).toHaveLength(2);
  });

  it('counts messages of the template to one person, whatever they say', async () => {
    const { result } = await admit(FREQUENCY, [makeRecipient(1)], () => true);
    expect(result).toEqual({ stop: { status: 'suppressed', reason: 'frequency_limit' } });
    expect(await keysOf(FREQUENCY, both)).toEqual(await keysOf(FREQUENCY, both, undefined, 'other words'));
    expect(await keysOf(CONTENT, both)).not.toEqual(await keysOf(CONTENT, both, undefined, 'other words'));
  });

  it('gives a claim on the content back when the frequency is used up', async () => {
    const rules = { ...CONTENT, frequency: FREQUENCY.frequency };
    const { run } = await admit(rules, [makeRecipient(1)], ({ maxOwners }) => maxOwners === 5);
    expect(run.claims.map(({ rowNo }) => rowNo)).toEqual([1]);
    expect(run.settled).toMatchObject([{ rowNo: 1, status: 'suppressed', reason: 'frequency_limit' }]);
  });

  it('knows one person by business id and vendor id, in any case where the vendor ignores it', async () => {
    const same = [
      makeRecipient(1, { ref: 'user:LiSi', addresseeId: 'LiSi' }),
      makeRecipient(2, { ref: 'wecom:lisi', addresseeType: 'native', addresseeId: 'lisi' }),
    ];
    const [first, second] = await keysOf(CONTENT, same);
    expect(first).toBe(second);
  });

  it('keys a group as the group', async () => {
    const groups = [
      makeRecipient(1, { ref: 'department:7', addresseeType: 'department', addresseeId: '7' }),
      makeRecipient(2, { ref: 'user:7', addresseeId: '7' }),
    ];
    const [department, person] = await keysOf(CONTENT, groups);
    expect(department).not.toBe(person);
  });
});
