import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '#libs/database';
import { AuditLog, type Identity } from '#libs/security';
import { startTestDatabase, type TestDatabase } from '#libs/testing';

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
