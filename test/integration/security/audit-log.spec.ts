import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { Database } from '#libs/database';
import { AuditLog, type Identity } from '#libs/security';
import { startTestDatabase, type TestDatabase } from '#libs/testing';
import { DescribedApi } from '../open-api/described-api.js';

const START_MS = 60_000;

const identity: Identity = {
  callerId: '0199aaaa-0000-7000-8000-000000000001',
  callerCode: 'erp',
  keyName: 'ERP key',
  preset: 'operator',
  scopes: new Set(['messages:recall']),
};

describe('AuditLog', () => {
  let server: TestDatabase;
  let database: Database;
  let audit: AuditLog;

  beforeAll(async () => {
    server = await startTestDatabase();
    database = new Database({ connectionString: server.url, maxConnections: 2, applicationName: 'audit-test' });
    audit = new AuditLog(database);
  }, START_MS);
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const linesOf = (object: string) =>
    database.query<{ action: string; key_name: string; details: object; request_id: string }>(
      'SELECT action, key_name, details, request_id FROM audit_log WHERE object = $1',
      [object],
    );

  it('keeps who did what, without the secrets of the change', async () => {
    const details = { corpSecret: 'planted-secret', url: 'https://vendor.example/send?key=planted-secret', by: 'hand' };
    await audit.record({ identity, action: 'account.update', object: 'account:sales', details, requestId: 'req-1' });
    const lines = await linesOf('account:sales');
    expect(lines).toEqual([
      expect.objectContaining({ action: 'account.update', key_name: 'ERP key', request_id: 'req-1' }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('planted-secret');
    expect(lines[0]?.details).toMatchObject({ by: 'hand' });
  });

  it('leaves no line of a change that was rolled back', async () => {
    const change = database.transaction(async (sql) => {
      await audit.record({ identity, action: 'template.publish', object: 'template:x' }, sql);
      throw new Error('the change failed');
    });
    await expect(change).rejects.toThrow('the change failed');
    expect(await linesOf('template:x')).toEqual([]);
  });
});

describe('GET /v1/audit-log', () => {
  let api: DescribedApi;
  beforeAll(async () => {
    api = await DescribedApi.start();
    for (const code of ['erp', 'crm']) await api.do('post /v1/callers', { body: { code, name: code } });
    const body = { caller: 'erp', name: 'ERP key', preset: 'admin' };
    const { key } = await api.do('post /v1/api-keys', { body });
    await api.do('put /v1/callers/{code}', { key, path: { code: 'crm' }, body: { name: 'CRM', enabled: true } });
  }, START_MS);
  afterAll(() => api.close());

  const linesBy = async (query: JsonObject): Promise<readonly string[]> => {
    const page = await api.do('get /v1/audit-log', { query });
    const lines = page['data'] as unknown as readonly { action: string; object: string; actor: string }[];
    return lines.map(({ action, actor, object }) => `${actor} ${action} ${object.replace(/[0-9a-f-]{36}/u, 'ID')}`);
  };

  it.each<readonly [JsonObject, readonly string[]]>([
    [{ actor: 'ERP key' }, ['ERP key caller.update caller:crm']],
    [{ caller: 'erp' }, ['ERP key caller.update caller:crm']],
    [{ action: 'api-key.*' }, ['HONGYAN_ADMIN_KEY api-key.create api-key:ID']],
    [{ object: 'caller:crm' }, ['ERP key caller.update caller:crm', 'HONGYAN_ADMIN_KEY caller.create caller:crm']],
    [{ object: 'caller:*', action: 'caller.create', limit: 1 }, ['HONGYAN_ADMIN_KEY caller.create caller:crm']],
    [{ object: 'caller%' }, []],
    [{ createdBefore: '2020-01-01T00:00:00Z' }, []],
    [{ createdAfter: '2020-01-01T00:00:00Z', action: 'caller.update' }, ['ERP key caller.update caller:crm']],
  ])('%j finds what fits, newest first', async (query, expected) => {
    expect(await linesBy(query)).toEqual(expected);
  });

  it('turns pages without gap or repetition', async () => {
    const operation = api.operation('get /v1/audit-log');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await api.call(operation, { query: { limit: 1, ...(cursor && { cursor }) } });
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect([...seen].sort().reverse()).toEqual(seen);
    expect(seen).toHaveLength(4);
  });
});
