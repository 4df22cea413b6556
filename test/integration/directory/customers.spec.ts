import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DirectoryWorld, type Body } from './directory.fixture.js';

const START_MS = 90_000;

jest.setTimeout(START_MS);

describe('customers', () => {
  let world: DirectoryWorld;

  beforeAll(async () => {
    world = await DirectoryWorld.start();
    await world.account('sales', 'wecom-customer');
    await world.account('service', 'wecom-customer');
    await world.account('app', 'wecom-app');
    await world.account('blind', 'wecom-customer', { corpSecret: 'sandbox-secret-app-1000002' });
  }, START_MS);
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.control('POST', '/reset', {});
    await world.query('DELETE FROM customer');
    await world.query('DELETE FROM customer_tag');
  });

  const read = (account = 'sales'): Promise<Body> => world.sync(account, {}, 'customers');
  const list = async (query = ''): Promise<Body> => (await world.as().get(`/v1/customers${query}`).expect(200)).body;
  const idsIn = (page: Body): string[] => page.data.map(({ customer }: Body) => customer);

  it('are read with their members and tags, names of tags included', async () => {
    expect(await read()).toMatchObject({
      status: 'succeeded',
      error: null,
      counts: { members: 3, read: 5, created: 4, tags: 3, gone: 0 },
    });
    const [, second] = (await list()).data;
    expect(second).toEqual({
      customer: 'wmSandboxCustomer0002',
      account: 'sales',
      name: '郑二',
      kind: 'personal',
      company: null,
      followers: [
        { user: 'zhangsan', remark: '', tags: ['etSandboxTagTrial'], addedAt: '2025-10-09T08:53:20.000Z' },
        { user: 'lisi', remark: '', tags: ['etSandboxTagVip'], addedAt: '2025-10-09T08:53:20.000Z' },
      ],
      tags: [
        { id: 'etSandboxTagTrial', name: '试用', group: '客户等级' },
        { id: 'etSandboxTagVip', name: 'VIP', group: '客户等级' },
      ],
      seenAt: expect.any(String),
      goneAt: null,
    });
  });

  it('are the same after they are read again, and each account has its own', async () => {
    await read();
    const before = (await list()).data.map(({ seenAt: _, ...customer }: Body) => customer);
    expect((await read()).counts).toMatchObject({ read: 5, created: 0, gone: 0 });
    expect((await list()).data.map(({ seenAt: _, ...customer }: Body) => customer)).toEqual(before);
    await read('service');
    expect(idsIn(await list())).toHaveLength(8);
    expect(idsIn(await list('?account=service'))).toHaveLength(4);
  });

  it('are found by id, name, tag and member', async () => {
    await read();
    expect(idsIn(await list('?q=woSandboxCustomer0004'))).toEqual(['woSandboxCustomer0004']);
    expect(idsIn(await list(`?q=${encodeURIComponent('林')}`))).toEqual(['wmSandboxCustomer0001']);
    expect(idsIn(await list('?q=%25'))).toEqual([]);
    expect(idsIn(await list('?tag=etSandboxTagEast'))).toEqual(['wmSandboxCustomer0001', 'wmSandboxCustomer0003']);
    expect(idsIn(await list('?follower=zhangsan'))).toEqual(['wmSandboxCustomer0001', 'wmSandboxCustomer0002']);
    expect(idsIn(await list('?follower=zhangsan&tag=etSandboxTagTrial'))).toEqual(['wmSandboxCustomer0002']);
  });

  it('come page by page, however many the vendor has to be asked for', async () => {
    await world.control('POST', '/customers', { prefix: 'wmMany', count: 250, member: 'wangwu', tags: [] });
    expect((await read()).counts).toMatchObject({ created: 254 });
    const found: string[] = [];
    let cursor = '';
    do {
      const page = await list(`?limit=100${cursor && `&cursor=${cursor}`}`);
      found.push(...idsIn(page));
      cursor = page.nextCursor ?? '';
    } while (cursor !== '');
    expect(found).toHaveLength(254);
    expect(new Set(found).size).toBe(254);
  });

  it('list the tags that they bear', async () => {
    await read();
    const { data } = (await world.as().get('/v1/customers/tags').expect(200)).body;
    expect(data.map(({ customers, name }: Body) => [name, customers])).toEqual([
      ['华东', 2],
      ['试用', 2],
      ['VIP', 2],
    ]);
  });

  it('who ended the contact are gone, and can still be looked up', async () => {
    await read();
    await world.control('POST', '/customers/wmSandboxCustomer0003/leave', {});
    expect((await read()).counts).toMatchObject({ gone: 1 });
    expect(idsIn(await list())).not.toContain('wmSandboxCustomer0003');
    const { body } = await world.as().get('/v1/customers/sales/wmSandboxCustomer0003').expect(200);
    expect(body).toMatchObject({ name: '何三', goneAt: expect.any(String) });
    await world.as().get('/v1/customers/sales/wmNobody').expect(404);
  });

  it('cannot be read through an app without the right, and nothing changes', async () => {
    await read();
    expect(await read('blind')).toMatchObject({ status: 'failed', error: { provider: { code: '48002' } } });
    expect(idsIn(await list())).toHaveLength(4);
  });

  it('are not to be had from accounts of other channels, which say so', async () => {
    const refused = await world.as().post('/v1/customers/sync').send({ account: 'app' }).expect(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/account', code: 'customers_not_supported' }]);
    const other = await world.as().post('/v1/directory/sync').send({ account: 'sales' }).expect(422);
    expect(other.body.errors).toMatchObject([{ code: 'directory_not_supported' }]);
  });

  it('are shown to keys of the accounts that they belong to', async () => {
    await read();
    await read('service');
    await world.as().post('/v1/callers').send({ code: 'crm', name: 'CRM' });
    const key = { caller: 'crm', name: 'crm', preset: 'viewer', accounts: ['service'] };
    const { body } = await world.as().post('/v1/api-keys').send(key).expect(201);
    const seen = (await world.as(body.key).get('/v1/customers').expect(200)).body;
    expect(new Set(seen.data.map(({ account }: Body) => account))).toEqual(new Set(['service']));
    await world.as(body.key).get('/v1/customers?account=sales').expect(403);
    await world.as(body.key).get('/v1/customers/sales/wmSandboxCustomer0001').expect(403);
  });
});
