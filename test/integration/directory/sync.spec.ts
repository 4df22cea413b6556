import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DirectoryWorld } from './directory.fixture.js';

const START_MS = 90_000;
/** The company of the brisk test; `DIRECTORY_PEOPLE=50000 DIRECTORY_DEPARTMENTS=2000` makes it a large one. */
const PEOPLE = Number(process.env['DIRECTORY_PEOPLE'] ?? 2_500);
const DEPARTMENTS = Number(process.env['DIRECTORY_DEPARTMENTS'] ?? 60);
const MOST_MS = 120_000;

jest.setTimeout(3 * MOST_MS);

describe('a sync of the directory', () => {
  let world: DirectoryWorld;

  beforeAll(async () => {
    world = await DirectoryWorld.start();
    await world.account('new-app', 'wecom-app');
    await world.account('old-app', 'wecom-app', { agentId: 1000003, corpSecret: 'sandbox-secret-app-1000003' });
    await world.account('work', 'dingtalk-work');
    await world.account('robot', 'wecom-robot');
  }, START_MS);
  afterAll(() => world.close());
  beforeEach(() => world.emptyDirectory());

  const company = (departments: number, people: number): Promise<unknown> =>
    world.control('POST', '/directory', { departments, people });
  const add = async (user: string, fields: object = {}): Promise<void> => {
    await world
      .as()
      .post('/v1/people')
      .send({ user, name: user, ...fields })
      .expect(201);
  };

  it.each(['new-app', 'work'])('through %s reads a company, and finds nothing new the second time', async (account) => {
    await company(DEPARTMENTS, PEOPLE);
    const startedMs = performance.now();
    const first = await world.sync(account);
    const firstMs = performance.now() - startedMs;
    expect(first).toMatchObject({ status: 'succeeded', error: null });
    expect(first.counts).toMatchObject({
      read: PEOPLE,
      departments: DEPARTMENTS,
      created: PEOPLE,
      conflicts: 0,
      gone: 0,
    });
    const second = await world.sync(account);
    const secondMs = performance.now() - startedMs - firstMs;
    expect(second.counts).toMatchObject({ read: PEOPLE, created: 0, changed: 0, unchanged: PEOPLE, gone: 0 });
    process.stderr.write(
      `${account}: ${PEOPLE} people in ${DEPARTMENTS} departments: ${Math.round(firstMs)} ms, then ${Math.round(secondMs)} ms\n`,
    );
    expect(Math.max(firstMs, secondMs)).toBeLessThan(MOST_MS);
  });

  it('takes several pages of one department, and lists that are too big for one answer', async () => {
    await company(1, 3_200);
    await expect(world.sync('work')).resolves.toMatchObject({ status: 'succeeded', counts: { read: 3_200 } });
    await expect(world.sync('new-app')).resolves.toMatchObject({ status: 'succeeded', counts: { read: 3_200 } });
  });

  it('binds people whom the address book tells by mobile or e-mail', async () => {
    await company(3, 10);
    await add('E1', { mobile: '139 0000 0000' });
    await add('E2', { email: 'D000002@corp.example.com' });
    const { counts } = await world.sync('old-app');
    expect(counts).toMatchObject({ matchedByMobile: 1, matchedByEmail: 1, created: 8, lookups: 0 });
    expect((await world.person('E1')).identities).toMatchObject([
      { family: 'wecom', providerUserId: 'd000001', source: 'mobile', account: 'old-app', staleAt: null },
    ]);
  });

  it('looks people up where the address book tells neither, before it adds anybody', async () => {
    await company(3, 20);
    await add('E1', { mobile: '13900000000' });
    await add('E2', { email: 'd000002@corp.example.com' });
    const { counts } = await world.sync('new-app');
    expect(counts).toMatchObject({ lookups: 2, lookupFailures: 0, matchedByMobile: 1, matchedByEmail: 1, created: 18 });
    expect((await world.person('E2')).identities).toMatchObject([{ providerUserId: 'd000002', source: 'email' }]);
  });

  it('stops looking up at a tenth of the headcount in failures, and asks nobody twice', async () => {
    await company(2, 50);
    for (let index = 0; index < 9; index += 1) await add(`S${index}`, { mobile: `1370000000${index}` });
    expect((await world.sync('new-app')).counts).toMatchObject({ lookups: 5, lookupFailures: 5 });
    expect((await world.sync('new-app')).counts).toMatchObject({ lookups: 0, lookupFailures: 0 });
  });

  it('marks who is gone, and knows them again when they are back', async () => {
    await company(2, 30);
    await world.sync('work');
    await world.control('DELETE', '/directory/members/d000007');
    expect((await world.sync('work')).counts).toMatchObject({ gone: 1, unchanged: 29 });
    expect(await world.person('d000007')).toMatchObject({
      active: false,
      identities: [{ staleReason: 'left', staleAt: expect.any(String) }],
    });
    await world.control('PUT', '/directory/members/d000007', { name: '回来' });
    expect((await world.sync('work')).counts).toMatchObject({ gone: 0, changed: 1 });
    expect(await world.person('d000007')).toMatchObject({
      active: true,
      name: '回来',
      identities: [{ staleAt: null }],
    });
  });

  it('retires nobody when more than half would go, unless it is told to', async () => {
    await company(2, 30);
    await world.sync('work');
    await company(2, 10);
    await expect(world.sync('work')).resolves.toMatchObject({ status: 'failed', error: { code: 'too_many_gone' } });
    expect(await world.person('d000020')).toMatchObject({ active: true });
    await expect(world.sync('work', { force: true })).resolves.toMatchObject({
      status: 'succeeded',
      counts: { gone: 20 },
    });
    expect(await world.person('d000020')).toMatchObject({ active: false });
  });

  it('concludes nothing from an account that sees nobody', async () => {
    await company(1, 0);
    await expect(world.sync('work')).resolves.toMatchObject({ status: 'failed', error: { code: 'directory_empty' } });
  });

  it('leaves to people what it cannot know, and keeps to what they decide', async () => {
    await company(1, 5);
    await add('E1', { mobile: '13900000000' });
    await add('E2', { mobile: '13900000000' });
    expect((await world.sync('work')).counts).toMatchObject({ conflicts: 1, created: 4 });
    const { data } = (await world.as().get('/v1/directory/conflicts').expect(200)).body;
    expect(data).toMatchObject([{ kind: 'several_people', found: { providerUserId: 'd000001' }, status: 'open' }]);
    expect([...data[0].users].sort()).toEqual(['E1', 'E2']);
    const resolve = `/v1/directory/conflicts/${data[0].id}/resolve`;
    await world.as().post(resolve).send({ as: 'right' }).expect(422);
    await world.as().post(resolve).send({ as: 'right', user: 'E2' }).expect(200);
    await world.as().post(resolve).send({ as: 'left' }).expect(409);
    expect((await world.person('E2')).identities).toMatchObject([{ providerUserId: 'd000001', source: 'conflict' }]);
    expect((await world.sync('work')).counts).toMatchObject({ conflicts: 0, created: 0, unchanged: 5 });
  });

  it('brings both vendors together in one person', async () => {
    await company(2, 10);
    await world.sync('work');
    expect((await world.sync('old-app')).counts).toMatchObject({ created: 0, matchedByMobile: 10 });
    const families = (await world.person('d000003')).identities.map(({ family }: { family: string }) => family);
    expect(families).toEqual(['dingtalk', 'wecom']);
  });

  it('waits where the vendor asks to, and says what the vendor refuses for good', async () => {
    await company(2, 10);
    const endpoint = '/topapi/v2/user/list';
    await world.control('POST', '/faults', {
      action: { type: 'errcode', code: 90018, message: 'app qps limit' },
      match: { endpoint },
      times: 2,
    });
    await expect(world.sync('work')).resolves.toMatchObject({ status: 'succeeded', counts: { read: 10 } });
    await world.control('POST', '/faults', {
      action: { type: 'errcode', code: 60011, message: 'no rights' },
      match: { endpoint },
      times: 9,
    });
    await expect(world.sync('work')).resolves.toMatchObject({
      status: 'failed',
      error: { provider: { code: '60011' } },
    });
  });

  it('is one at a time for an account, and for accounts that have an address book', async () => {
    const ask = (account: string) => world.as().post('/v1/directory/sync').send({ account });
    const [first, second] = [(await ask('work').expect(202)).body, (await ask('work').expect(202)).body];
    expect(second.id).toBe(first.id);
    expect((await ask('robot').expect(422)).body.errors).toMatchObject([{ code: 'directory_not_supported' }]);
    await ask('nowhere').expect(404);
    await world.query(`DELETE FROM directory_sync`);
  });
});
