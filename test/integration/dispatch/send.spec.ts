import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { makeRouteDefinition } from '../../../libs/messages/testing/factories.js';
import { faultsInBooks, faultsInMoves, recordMoves } from '../messages/books.js';
import { DispatchSystem } from './dispatch.fixture.js';

let system: DispatchSystem;

beforeAll(async () => {
  system = await DispatchSystem.start();
  await recordMoves(system);
}, 60_000);

afterEach(async () => {
  system.vendor.onSend = undefined;
  await expect(faultsInBooks(system)).resolves.toEqual([]);
  await expect(faultsInMoves(system)).resolves.toEqual([]);
});

afterAll(() => system.stop());

const callsSince = (count: number) => system.vendor.sent.slice(count);
const deliveryOf = async (plan: { id: string }, no = 1) => (await system.read(plan)).deliveries?.[no - 1];

describe('a delivery that is dispatched', () => {
  it('is sent in one call, with its content as rendered, and recorded', async () => {
    const routes = [makeRouteDefinition('letter', { text: '{{name}}: {{order}}' })];
    const plan = await system.accept(['a', 'b'], { routes }, { params: { name: '张三', order: 'A1' } });
    const before = system.vendor.sent.length;
    await system.dispatch(plan);
    expect(callsSince(before)).toMatchObject([
      {
        deliveryId: `${plan.id}-1`,
        content: { kind: 'text', content: '张三: A1' },
        addressees: [
          { type: 'user', id: 'a' },
          { type: 'user', id: 'b' },
        ],
      },
    ]);
    await expect(system.read(plan)).resolves.toMatchObject({
      status: 'sent',
      counts: { sent: 2 },
      deliveries: [{ status: 'sent', attempts: 1, providerMsgId: expect.stringMatching(/^id-/) }],
    });
    const steps = ['validate', 'dedupe', 'route', 'media', 'token', 'slots', 'deliver'];
    expect(system.observer.steps.slice(-7)).toEqual(steps.map((step) => `${step} next`));
    expect(system.observer.ends.at(-1)).toMatchObject({ channel: 'letter', account: 'letter-1', status: 'sent' });
  });

  it('by many jobs at once, in two processes, is sent once', async () => {
    const other = await system.addProcess();
    const plan = await system.accept(['a']);
    const before = system.vendor.sent.length;
    await Promise.all(Array.from({ length: 20 }, (_, index) => system.dispatch(plan, 1, index % 2 === 0 ? 0 : other)));
    expect(callsSince(before)).toHaveLength(1);
    await system.dispatch(plan);
    expect(callsSince(before)).toHaveLength(1);
  });

  it('is sent to those who can be reached: a mobile is nobody without a directory', async () => {
    const plan = await system.accept(['a', { mobile: '13800000000' }]);
    await system.dispatch(plan);
    await expect(system.fates(plan)).resolves.toEqual(['sent', 'invalid not_in_directory']);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'partial' });
  });

  it('costs no call when nobody can be reached', async () => {
    const plan = await system.accept([{ mobile: '13800000000' }, { email: 'a@b.cn' }]);
    const before = system.vendor.sent.length;
    await system.dispatch(plan);
    expect(callsSince(before)).toEqual([]);
    await expect(system.read(plan)).resolves.toMatchObject({ status: 'failed', counts: { invalid: 2 } });
    await expect(system.attempts(plan)).resolves.toEqual([]);
  });

  it('gives each refused recipient its own reason', async () => {
    const plan = await system.accept(['a', 'b', 'c']);
    system.vendor.arrange({
      providerCode: '0',
      providerMsgId: 'partly',
      refused: [{ addressee: { type: 'user', id: 'B' }, reason: 'recipient_unknown', providerCode: '81013' }],
    });
    await system.dispatch(plan);
    await expect(system.fates(plan)).resolves.toEqual(['sent', 'invalid recipient_unknown', 'sent']);
    await expect(deliveryOf(plan)).resolves.toMatchObject({ status: 'partial', providerMsgId: 'partly' });
  });

  it('goes to the chat group with the mentions of its recipients', async () => {
    const routes = [makeRouteDefinition('board')];
    const plan = await system.accept(['li', { all: true }], { routes });
    const before = system.vendor.sent.length;
    await system.dispatch(plan);
    expect(callsSince(before)).toMatchObject([{ addressees: [], content: { content: 'hello @li @ALL' } }]);
    await expect(system.fates(plan)).resolves.toEqual(['sent']);
  });
});
