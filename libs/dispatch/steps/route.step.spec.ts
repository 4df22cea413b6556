import { describe, expect, it } from '@jest/globals';
import type { ClaimedRecipient } from '#libs/messages';
import { makeClaimed, makePrepared, makeRecipient, makeTemplate } from '../testing/factories.js';
import { RouteStep } from './route.step.js';

async function route(recipients: readonly ClaimedRecipient[], channel = 'letter') {
  const prepared = makePrepared(makeClaimed({ recipients, channel }), makeTemplate({}, { channel }));
  return { run: prepared.run, result: await new RouteStep().run({ ...prepared, admitted: recipients }) };
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
    const { result } = await route([group], 'board');
    expect(result).toMatchObject({ next: { targets: [{ recipient: group }] } });
    expect('next' in result && result.next.targets[0]).not.toHaveProperty('addressee');
  });
});
