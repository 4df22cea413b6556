import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DirectoryWorld, type Body } from './directory.fixture.js';

const START_MS = 90_000;

describe('people', () => {
  let world: DirectoryWorld;

  beforeAll(async () => {
    world = await DirectoryWorld.start();
    await world.account('app', 'wecom-app');
    await world.account('work', 'dingtalk-work');
  }, START_MS);
  afterAll(() => world.close());
  beforeEach(() => world.emptyDirectory());

  const add = (body: object) => world.as().post('/v1/people').send(body);
  const usersFor = async (query: string): Promise<string[]> => {
    const { data }: Body = (await world.as().get(`/v1/people?${query}`).expect(200)).body;
    return data.map(({ user }: Body) => user);
  };

  it('are added, read, written as a whole, and forgotten', async () => {
    const identities = [{ family: 'wecom', providerUserId: 'ZhangSan' }];
    const made = await add({ user: 'E1', name: '张三', mobile: '+86 138-0000-1001', identities }).expect(201);
    expect(made.headers['location']).toBe('/v1/people/E1');
    expect(made.body).toMatchObject({
      user: 'E1',
      mobile: '13800001001',
      active: true,
      source: 'api',
      identities: [{ family: 'wecom', providerUserId: 'ZhangSan', source: 'api', staleAt: null }],
    });
    await add({ user: 'E1', name: 'B' }).expect(409);
    const written = await world.as().put('/v1/people/E1').send({ name: 'Zhang', active: false }).expect(200);
    expect(written.body).toMatchObject({ name: 'Zhang', mobile: null, active: false, identities: [{}] });
    await world.as().delete('/v1/people/E1/identities/wecom').expect(204);
    await world.as().delete('/v1/people/E1/identities/wecom').expect(404);
    await world.as().delete('/v1/people/E1').expect(204);
    await world.as().get('/v1/people/E1').expect(404);
  });

  it('show their mobiles in full to keys that may write the directory only', async () => {
    await add({ user: 'E1', name: '张三', mobile: '13800001001' }).expect(201);
    await world.as().post('/v1/callers').send({ code: 'hr', name: 'HR' }).expect(201);
    const seen = async (preset: string): Promise<string[]> => {
      const key: Body = (await world.as().post('/v1/api-keys').send({ caller: 'hr', name: preset, preset })).body;
      const [one, many] = [await world.as(key.key).get('/v1/people/E1'), await world.as(key.key).get('/v1/people')];
      return [one.body.mobile, many.body.data[0].mobile];
    };
    expect(await seen('viewer')).toEqual(['138****1001', '138****1001']);
    expect(await seen('operator')).toEqual(['13800001001', '13800001001']);
    expect(await usersFor('q=13800001001')).toEqual(['E1']);
  });

  it('have ids that are nobody else’s, in whatever case the vendor ignores', async () => {
    await add({ user: 'E1', name: 'A', identities: [{ family: 'wecom', providerUserId: 'Zoe' }] }).expect(201);
    const taken = await add({ user: 'E2', name: 'B', identities: [{ family: 'wecom', providerUserId: 'ZOE' }] });
    expect([taken.status, taken.body.code]).toEqual([409, 'identity_taken']);
    await world.as().get('/v1/people/E2').expect(404);
  });

  it('are refused with every fault', async () => {
    const { body } = await add({ user: 'a|b', name: ' ', mobile: 'x', email: 'y' }).expect(422);
    expect(body.errors.map(({ pointer }: Body) => pointer)).toEqual(['/user', '/name', '/mobile', '/email']);
  });

  it('are found by id, vendor id, mobile, e-mail and the beginning of a name', async () => {
    const identities = [{ family: 'wecom', providerUserId: 'ZhangSan' }];
    await add({ user: 'E1', name: '张三', mobile: '13800001001', email: 'zs@corp.cn', identities }).expect(201);
    await add({ user: 'E2', name: '张三丰', active: false }).expect(201);
    for (const q of ['E1', 'zhangsan', '138 0000 1001', 'ZS@corp.cn']) {
      expect([q, await usersFor(`q=${encodeURIComponent(q)}`)]).toEqual([q, ['E1']]);
    }
    expect(await usersFor(`q=${encodeURIComponent('张')}`)).toEqual(['E1', 'E2']);
    expect(await usersFor(`q=${encodeURIComponent('张')}&active=true`)).toEqual(['E1']);
    expect(await usersFor('q=%25')).toEqual([]);
    await world.query(`UPDATE identity SET stale_at = now()`);
    expect([await usersFor('stale=true'), await usersFor('stale=false')]).toEqual([['E1'], ['E2']]);
  });

  it('are listed page by page', async () => {
    for (const user of ['c', 'a', 'B', 'd']) await add({ user, name: user }).expect(201);
    const first: Body = (await world.as().get('/v1/people?limit=3').expect(200)).body;
    expect(first.data.map(({ user }: Body) => user)).toEqual(['B', 'a', 'c']);
    expect(await usersFor(`limit=3&cursor=${first.nextCursor}`)).toEqual(['d']);
  });

  const importing = (csv: string, query = '') =>
    world.as().post(`/v1/people/import${query}`).attach('file', Buffer.from(csv), 'people.csv');

  it('are imported, after a look at what that would change', async () => {
    await add({ user: 'E1', name: 'A' }).expect(201);
    await add({ user: 'E9', name: 'gone' }).expect(201);
    const csv = 'user,name,mobile,wecom\nE1,A2,,\nE2,B,13800001002,bob\nE3,C,not a number,\n';
    const trial = await importing(csv, '?dryRun=true&missing=deactivate').expect(200);
    expect(trial.body).toMatchObject({ dryRun: true, added: 1, changed: 1, faultCount: 1, deactivated: 0 });
    expect(trial.body.faults).toMatchObject([{ row: 4, column: 'mobile' }]);
    await world.as().get('/v1/people/E2').expect(404);
    const good = csv.replace('not a number', '13800001003');
    const report = await importing(good, '?missing=deactivate').expect(200);
    expect(report.body).toMatchObject({
      dryRun: false,
      added: 2,
      changed: 1,
      deactivated: 1,
      sample: { added: ['E2', 'E3'] },
    });
    expect(await world.person('E2')).toMatchObject({ source: 'import', identities: [{ providerUserId: 'bob' }] });
    expect(await world.person('E9')).toMatchObject({ active: false });
    expect((await importing(good).expect(200)).body).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
  });

  it('are bound by a login, which tells who they are from then on', async () => {
    await add({ user: 'E1', name: 'A' }).expect(201);
    const codeOf = async (member?: string): Promise<string> =>
      (await world.control('POST', '/login-codes', member === undefined ? {} : { member })).code;
    const login = (family: string, body: object) => world.as().post(`/v1/directory/${family}/oauth`).send(body);
    const unbound = await login('wecom', { account: 'app', code: await codeOf('lisi') }).expect(200);
    expect(unbound.body).toEqual({ family: 'wecom', providerUserId: 'lisi', user: null });
    await login('wecom', { account: 'app', code: await codeOf('lisi'), user: 'E1' }).expect(200);
    const bound = await login('wecom', { account: 'app', code: await codeOf('lisi') }).expect(200);
    expect(bound.body.user).toBe('E1');
    const flow = 'browser';
    await login('dingtalk', { account: 'work', code: await codeOf('manager01'), flow, user: 'E1' }).expect(200);
    await login('dingtalk', { account: 'work', code: await codeOf('manager01') }).expect(200);
    expect(
      (await world.person('E1')).identities.map(({ providerUserId, source }: Body) => [providerUserId, source]),
    ).toEqual([
      ['manager01', 'oauth'],
      ['lisi', 'oauth'],
    ]);
    const code = await codeOf('lisi');
    await login('wecom', { account: 'app', code }).expect(200);
    expect((await login('wecom', { account: 'app', code }).expect(422)).body.code).toBe('login_code_refused');
    expect((await login('wecom', { account: 'app', code: await codeOf() }).expect(422)).body.code).toBe('not_a_member');
    const outsider = { account: 'work', code: await codeOf(), flow };
    expect((await login('dingtalk', outsider).expect(422)).body.code).toBe('not_a_member');
    await login('dingtalk', { account: 'app', code }).expect(404);
    await login('nobody', { account: 'app', code }).expect(404);
    await login('wecom', { account: 'app', code, user: 'E404' }).expect(404);
  });

  it('are sent to the vendor’s page to log in', async () => {
    const query = 'redirectUri=https%3A%2F%2Fhr.corp.cn%2Fbind&state=abc';
    const url = async (path: string): Promise<Body> => (await world.as().get(`/v1/directory/${path}&${query}`)).body;
    expect((await url('wecom/oauth-url?account=app&flow=in_app')).url).toContain('connect/oauth2/authorize');
    expect((await url('dingtalk/oauth-url?account=work')).url).toContain('login.dingtalk.com');
    expect((await url('dingtalk/oauth-url?account=work&flow=in_app')).code).toBe('login_flow_not_supported');
  });

  it('may be read with one scope, and written with another', async () => {
    await world.as().post('/v1/callers').send({ code: 'erp', name: 'erp' });
    const key = async (scopes: string[]): Promise<string> => {
      const body = { name: scopes.join(), preset: 'viewer', caller: 'erp', scopes };
      return ((await world.as().post('/v1/api-keys').send(body).expect(201)).body as { key: string }).key;
    };
    const reader = await key(['directory:read']);
    await world.as(reader).get('/v1/people').expect(200);
    await world.as(reader).post('/v1/people').send({ user: 'E1', name: 'A' }).expect(403);
    await world
      .as(await key(['messages:read']))
      .get('/v1/people')
      .expect(403);
  });
});
