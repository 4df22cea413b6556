import { describe, expect, it } from '@jest/globals';
import type { NamedRecipient, RecipientResolver, ResolvedRecipient } from '#libs/directory';
import type { ClaimedRecipient, ResolvedIdStore, ResolvedIds } from '#libs/messages';
import { makeClaimed, makePrepared, makeRecipient, makeTemplate } from '../testing/factories.js';
import { RouteStep } from './route.step.js';

interface Setting {
  readonly channel?: string;
  readonly people?: Readonly<Record<string, ResolvedRecipient>>;
  readonly unknownUser?: 'refuse' | 'as_is';
}

async function route(recipients: readonly ClaimedRecipient[], setting: Setting = {}) {
  const { channel = 'letter', people, unknownUser = 'refuse' } = setting;
  const prepared = makePrepared(makeClaimed({ recipients, channel }), makeTemplate({ unknownUser }, { channel }));
  const kept: ResolvedIds[] = [];
  const store = { write: (ids: ResolvedIds) => Promise.resolve(void kept.push(ids)) };
  const step = new RouteStep(directoryOf(people), store as unknown as ResolvedIdStore);
  return { kept, run: prepared.run, result: await step.run({ ...prepared, admitted: recipients }) };
}

/** A directory that holds these people, by the name they are asked for; without any it is empty. */
function directoryOf(people: Readonly<Record<string, ResolvedRecipient>> = {}): RecipientResolver {
  const directory = {
    isUsed: () => Promise.resolve(Object.keys(people).length > 0),
    resolve: (_family: string, names: readonly NamedRecipient[]) =>
      Promise.resolve(names.map(({ id }) => people[id] ?? { reason: 'not_in_directory' })),
  };
  return directory as unknown as RecipientResolver;
}

describe('the route step', () => {
  it('takes a business user id and a vendor id for the vendor id, and groups as they are', async () => {
    const recipients = [
      makeRecipient(1),
      makeRecipient(2, { addresseeType: 'native', addresseeId: 'LiSi' }),
      makeRecipient(3, { addresseeType: 'department', addresseeId: '7' }),
      makeRecipient(4, { addresseeType: 'all', addresseeId: '' }),
    ];
    const { result } = await route(recipients);
    expect(result).toMatchObject({
      next: {
        targets: [
          { addressee: { type: 'user', id: 'u1' } },
          { addressee: { type: 'user', id: 'LiSi' } },
          { addressee: { type: 'department', id: '7' } },
          { addressee: { type: 'all', id: '' } },
        ],
      },
    });
  });

  it.each(['mobile', 'email'])('finds nobody behind a %s, and goes on with the others', async (addresseeType) => {
    const { result, run } = await route([makeRecipient(1, { addresseeType }), makeRecipient(2)]);
    expect(result).toMatchObject({ next: { targets: [{ recipient: { rowNo: 2 } }] } });
    expect(run.settled).toEqual([{ rowNo: 1, status: 'invalid', reason: 'not_in_directory' }]);
  });

  it('stops when nobody can be addressed', async () => {
    const { result, run } = await route([makeRecipient(1, { addresseeType: 'mobile' })]);
    expect(result).toEqual({ stop: { status: 'failed', reason: 'not_in_directory' } });
    expect(run.settled).toHaveLength(1);
  });

  it('addresses no one in a chat group: the account is the destination', async () => {
    const group = makeRecipient(1, { addresseeType: 'group', addresseeId: 'board-1' });
    const { result } = await route([group], { channel: 'board' });
    expect(result).toMatchObject({ next: { targets: [{ recipient: group }] } });
    expect('next' in result && result.next.targets[0]).not.toHaveProperty('addressee');
  });
});

describe('the route step, with people in the directory', () => {
  const mobile = makeRecipient(2, { addresseeType: 'mobile', addresseeId: '138' });

  it('writes to people under the ids of the vendor, and keeps what they are', async () => {
    const { kept, result, run } = await route([makeRecipient(1), mobile], {
      people: { u1: { id: 'zhangsan' }, '138': { id: 'LiSi' } },
    });
    expect(result).toMatchObject({
      next: { targets: [{ addressee: { type: 'user', id: 'zhangsan' } }, { addressee: { type: 'user', id: 'LiSi' } }] },
    });
    expect(kept.flatMap(({ ids }) => ids)).toEqual([
      { rowNo: 1, providerUserId: 'zhangsan' },
      { rowNo: 2, providerUserId: 'LiSi' },
    ]);
    expect([...run.addressed]).toEqual([
      [1, 'zhangsan'],
      [2, 'LiSi'],
    ]);
  });

  it('leaves a vendor id as it was written, and asks nobody about groups', async () => {
    const native = makeRecipient(1, { addresseeType: 'native', addresseeId: 'Zoe' });
    const { kept, result } = await route([native], { people: { u9: { id: 'x' } } });
    expect(result).toMatchObject({ next: { targets: [{ addressee: { type: 'user', id: 'Zoe' } }] } });
    expect(kept).toEqual([]);
  });

  it('takes a stranger for the vendor’s own only where the template says so', async () => {
    const people = { u9: { id: 'x' } };
    const refused = await route([makeRecipient(1)], { people });
    expect(refused.result).toEqual({ stop: { status: 'failed', reason: 'not_in_directory' } });
    const taken = await route([makeRecipient(1), mobile], { people, unknownUser: 'as_is' });
    expect(taken.result).toMatchObject({ next: { targets: [{ addressee: { type: 'user', id: 'u1' } }] } });
    expect(taken.run.settled).toEqual([{ rowNo: 2, status: 'invalid', reason: 'not_in_directory' }]);
  });

  it('leaves people out who have left, and tells apart why others cannot be reached', async () => {
    const people = { u1: { reason: 'person_inactive' }, '138': { reason: 'identity_stale' } };
    const { result, run } = await route([makeRecipient(1), mobile], { people });
    expect(result).toEqual({ stop: { status: 'failed', reason: 'all_invalid' } });
    expect(run.settled).toEqual([
      { rowNo: 1, status: 'suppressed', reason: 'person_inactive' },
      { rowNo: 2, status: 'invalid', reason: 'identity_stale' },
    ]);
    const gone = await route([makeRecipient(1)], { people });
    expect(gone.result).toEqual({ stop: { status: 'suppressed', reason: 'person_inactive' } });
  });
});
