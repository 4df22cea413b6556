import { expect, it } from '@jest/globals';
import { TEST_ADMIN_KEY, waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import { onEachBackend, type System } from './system.js';
import { xlsxFile } from './xlsx-file.js';

interface Uploaded {
  readonly status: number;
  readonly body: AnswerBody;
}

async function upload(
  { apiUrl }: System,
  query: Record<string, string>,
  file: Buffer | string,
  { key = TEST_ADMIN_KEY, type = 'text/csv' } = {},
): Promise<Uploaded> {
  const answer = await fetch(`${apiUrl}/v1/messages/import?${new URLSearchParams(query).toString()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
    body: typeof file === 'string' ? file : new Uint8Array(file),
  });
  return { status: answer.status, body: await answer.json() };
}

/** The import once it is in this state. */
async function reached({ api }: System, id: string, status: string): Promise<AnswerBody> {
  let last: AnswerBody;
  const isThere = async (): Promise<AnswerBody> => {
    last = await api.read(`/v1/imports/${id}`);
    return last.status === status && (status !== 'finished' || last.results.open === 0) ? last : undefined;
  };
  return waitFor(isThere, { deadlineMs: 40_000, intervalMs: 50, what: `the import being ${status}` }).catch(
    (cause: unknown) => Promise.reject(new Error(JSON.stringify(last), { cause })),
  );
}

async function textOf({ apiUrl }: System, path: string): Promise<string> {
  const answer = await fetch(`${apiUrl}${path}`, { headers: { authorization: `Bearer ${TEST_ADMIN_KEY}` } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
}

const HELLO = { content: { kind: 'text', content: 'hello {{name}} {{mark}}' } };

onEachBackend('an import', (system) => {
  it('sends a line to each person, and lines with the same values in few calls', async () => {
    const { api, given, sandbox } = system();
    const ids = Array.from({ length: 1_100 }, (_, index) => `imported${index}`);
    await sandbox.addPeople({ ids });
    const { code } = await given.template('wecom-app', { content: { kind: 'text', content: 'all {{mark}}' } });
    const mark = given.text('import');
    const lines = ids.map((id, index) => `${id},${mark},note ${index}`);
    const { status, body } = await upload(system(), { template: code }, `wecom,mark,note\n${lines.join('\n')}\n`);
    expect([status, body.status]).toEqual([202, 'checking']);
    const done = await reached(system(), body.id, 'finished');
    expect(done).toMatchObject({ counts: { rows: 1_100, accepted: 1_100 }, providerCalls: 2 });
    expect(done.results).toMatchObject({ messages: 2, sent: 1_100, failed: 0 });
    const entries = await sandbox.inbox(mark);
    expect(entries).toHaveLength(2);
    expect(new Set(entries.flatMap(({ recipients }: AnswerBody) => recipients as string[])).size).toBe(1_100);
    const messages = await api.list(`/v1/messages?batchId=${body.id}`);
    expect(messages.map(({ metadata }) => metadata)).toEqual([{ importId: body.id }, { importId: body.id }]);
    expect((await api.list('/v1/imports')).map(({ id }) => id)).toContain(body.id);
  });

  it('leaves faulty and repeated lines out, and tells them in a file', async () => {
    const { api, given, sandbox } = system();
    const { code } = await given.template('wecom-app', HELLO);
    const mark = given.text('faults');
    const file = [
      '企业微信;name;mark',
      `zhangsan;张三;${mark}`,
      `zhangsan;张三;${mark}`,
      `;无名;${mark}`,
      `lisi;;${mark}`,
      `a|b;=1+1;${mark}`,
      `zhangsan;张三 again;${mark}`,
      `lisi;李四;${mark};too much`,
      '',
    ].join('\r\n');
    const { body } = await upload(system(), { template: code, fileName: '客户.csv' }, file);
    const done = await reached(system(), body.id, 'finished');
    expect(done).toMatchObject({
      fileName: '客户.csv',
      counts: { rows: 7, waiting: 0, ready: 0, faulty: 4, duplicate: 1, accepted: 2 },
    });
    expect(await sandbox.inbox(mark)).toHaveLength(2);
    const faulty = await api.read(`/v1/imports/${body.id}/rows?outcome=faulty&limit=2`);
    expect(faulty).toMatchObject({
      data: [
        { no: 4, faults: [{ code: 'recipients_missing' }] },
        { no: 5, faults: [{ code: 'missing_variable' }] },
      ],
      nextAfter: 5,
    });
    const csv = await textOf(system(), `/v1/imports/${body.id}/faults`);
    expect(csv.split('\r\n')).toEqual([
      '\ufeff企业微信,name,mark,错误,error',
      expect.stringMatching(/^,无名,.*,缺少收件人,recipients_missing: /),
      expect.stringMatching(/^lisi,,.*,缺少模板变量：name,missing_variable: /),
      expect.stringMatching(/^a\|b,'=1\+1,.*,收件人标识无效,/),
      expect.stringMatching(/^lisi,李四,.*,单元格多于表头,extra_cells: /),
      '',
    ]);
  });

  it('reads GB18030 and workbooks, by what is in them', async () => {
    const { given, sandbox } = system();
    const { code } = await given.template('wecom-app', HELLO);
    const gb = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]); // 姓名
    const mark = given.text('gb');
    const file = Buffer.concat([Buffer.from('user,'), gb, Buffer.from(`,mark\nlisi,`), gb, Buffer.from(`,${mark}\n`)]);
    const mapping = JSON.stringify({ 姓名: 'name' });
    const { body, status } = await upload(system(), { template: code, mapping }, file);
    expect([status, body.encoding]).toEqual([202, 'gb18030']);
    await reached(system(), body.id, 'finished');
    expect(JSON.stringify(await sandbox.only(mark))).toContain('姓名');

    const book = given.text('book');
    const rows = [
      ['工号', 'name', 'mark'],
      ['zhangsan', 13800000000, book],
      ['lisi', { formula: 'A1', value: 'stale' }, book],
      ['wangwu', { date: 46_348 }, book],
    ];
    const taken = await upload(system(), { template: code }, xlsxFile(rows), { type: 'application/octet-stream' });
    expect(taken).toMatchObject({ status: 202, body: { format: 'xlsx' } });
    const done = await reached(system(), taken.body.id, 'finished');
    expect(done.counts).toMatchObject({ accepted: 2, faulty: 1 });
    const shown = JSON.stringify(await sandbox.inbox(book));
    expect(shown).toContain('hello 13800000000 ');
    expect(shown).toContain('hello 2026-11-22 ');
  });

  it('as a dry run counts and waits for a decision', async () => {
    const { api, given, sandbox } = system();
    const { code } = await given.template('wecom-app', HELLO);
    const mark = given.text('dry');
    const { body } = await upload(
      system(),
      { template: code, dryRun: 'true' },
      `user,name,mark\nlisi,Li,${mark}\n,x,y\n`,
    );
    const checked = await reached(system(), body.id, 'checked');
    expect(checked).toMatchObject({ dryRun: true, counts: { ready: 1, faulty: 1 }, providerCalls: 1 });
    expect(await sandbox.inbox(mark)).toEqual([]);
    expect((await api.post(`/v1/imports/${body.id}/pause`)).status).toBe(409);
    expect((await api.post(`/v1/imports/${body.id}/resume`)).status).toBe(200);
    await reached(system(), body.id, 'finished');
    await sandbox.only(mark);
    expect((await api.post(`/v1/imports/${body.id}/resume`)).status).toBe(409);
    expect((await api.post(`/v1/imports/${body.id}/cancel`)).status).toBe(409);
  });

  it('is stopped by a disabled template, and by being canceled', async () => {
    const { api, given, sandbox } = system();
    const { code } = await given.template('wecom-app', HELLO);
    const mark = given.text('stop');
    const file = `user,name,mark\nlisi,Li,${mark}\n`;
    const { body } = await upload(system(), { template: code, dryRun: 'true' }, file);
    await reached(system(), body.id, 'checked');
    await api.do(`/v1/templates/${code}/disable`);
    await api.do(`/v1/imports/${body.id}/resume`);
    expect(await reached(system(), body.id, 'paused')).toMatchObject({ reason: 'template_disabled' });
    expect(await api.do(`/v1/imports/${body.id}/cancel`)).toMatchObject({ status: 'canceled' });
    await api.do(`/v1/templates/${code}/enable`);
    expect((await api.post(`/v1/imports/${body.id}/resume`)).status).toBe(409);
    expect(await sandbox.inbox(mark)).toEqual([]);
  });

  it('takes back what waits when it is canceled', async () => {
    const { api, given, sandbox } = system();
    const account = await given.account('wecom-app', { status: 'paused' });
    const { code } = await given.template('wecom-app', { ...HELLO, account });
    const mark = given.text('waits');
    const { body } = await upload(system(), { template: code }, `user,name,mark\nlisi,Li,${mark}\nwangwu,Wu,${mark}\n`);
    const areWaiting = async (): Promise<boolean> => {
      const [message] = await api.list(`/v1/messages?batchId=${body.id}`);
      const { deliveries = [] } = message ? await api.message(message.id) : {};
      return deliveries.length === 2 && deliveries.every(({ status }: AnswerBody) => status === 'scheduled');
    };
    await waitFor(areWaiting, { deadlineMs: 20_000, intervalMs: 50, what: 'both lines waiting for the account' });
    await api.do(`/v1/imports/${body.id}/cancel`);
    expect((await api.read(`/v1/imports/${body.id}`)).results).toMatchObject({ open: 0, canceled: 2 });
    expect((await api.post(`/v1/imports/${body.id}/cancel`)).status).toBe(409);
    await api.do(`/v1/accounts/${account}/resume`);
    expect(await sandbox.inbox(mark)).toEqual([]);
  });

  it('refuses what is no table for the template, all faults at once', async () => {
    const { given } = system();
    const { code } = await given.template('wecom-app', HELLO);
    const codes = async (file: string | Buffer, query: Record<string, string> = {}, options = {}): Promise<unknown> => {
      const { body, status } = await upload(system(), { template: code, ...query }, file, options);
      return [status, ...(body.errors ?? [body]).map((fault: AnswerBody) => fault.code)];
    };
    expect(await codes('')).toEqual([422, 'file_empty']);
    expect(await codes('user,name,mark\n')).toEqual([422, 'file_empty']);
    expect(await codes('who,name\nx,y\n')).toEqual([422, 'missing_column', 'missing_column']);
    expect(await codes('user,工号,name,mark\nx,y,z,m\n')).toEqual([422, 'duplicate_column']);
    expect(await codes('user,name,mark\n"x,y\n')).toEqual([422, 'quote_not_closed']);
    expect(await codes(`user,name,mark,${'c,'.repeat(10_000)}\nx,y,z\n`)).toEqual([422, 'too_many_columns']);
    expect(await codes(`user,name,mark\nx,${'y'.repeat(40_000)},z\n`)).toEqual([422, 'cell_too_long']);
    expect(await codes(Buffer.from([0x75, 0xff, 0xff]))).toEqual([422, 'encoding_unclear']);
    expect(await codes(Buffer.from('PK\u0003\u0004 broken'))).toEqual([422, 'file_unreadable']);
    expect(await codes('user,name,mark\n', { mapping: '[' })).toEqual([422, 'invalid_value']);
    expect(await codes('user,name,mark\n', { mapping: '{"x":"name"}' })).toEqual([422, 'unknown_column']);
    expect(await codes('user,name,mark\n', { template: 'nothing' })).toEqual([422, 'unknown_template']);
    expect(await codes('user,name,mark\n', { colour: 'red' })).toEqual([422, 'unknown_parameter']);
    expect(await codes('{}', {}, { type: 'application/json' })).toEqual([415, 'unsupported_media_type']);
    const robot = await given.template('wecom-robot', HELLO);
    expect(await codes('user,name,mark\nx,y,z\n', { template: robot.code })).toEqual([422, 'no_matching_route']);
    const [left] = await system().database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM import WHERE template = $1',
      [code],
    );
    expect(left?.count).toBe(0);
  });

  it('needs its scopes, and a key that may use the template', async () => {
    const { api, given } = system();
    const { code } = await given.template('wecom-app', HELLO);
    const file = `user,name,mark\nlisi,Li,${given.text('own')}\n`;
    const caller = await given.caller();
    const statusFor = async (settings: object): Promise<number> => {
      const { key } = await given.newKey({ caller, ...settings });
      return (await upload(system(), { template: code }, file, { key })).status;
    };
    expect(await statusFor({ preset: 'caller' })).toBe(403);
    expect(await statusFor({ preset: 'viewer' })).toBe(403);
    expect(await statusFor({ preset: 'operator', templates: ['other-*'] })).toBe(403);
    expect(await statusFor({ preset: 'operator', accounts: ['other-*'] })).toBe(403);
    const { body } = await upload(system(), { template: code, dryRun: 'true' }, file);
    await reached(system(), body.id, 'checked');
    const { key } = await given.newKey({ caller, preset: 'operator', templates: ['other-*'] });
    expect((await api.as(key).post(`/v1/imports/${body.id}/resume`)).status).toBe(403);
    expect((await api.as().get(`/v1/imports/${body.id}`)).status).toBe(401);
  });

  it('goes on after a worker has ended in the middle, with nobody missed or met twice', async () => {
    const { given, sandbox } = system();
    const ids = Array.from({ length: 3_000 }, (_, index) => `resumed${index}`);
    await sandbox.addPeople({ ids });
    const { code } = await given.template('wecom-app', { content: { kind: 'text', content: 'again {{mark}}' } });
    const mark = given.text('resume');
    const file = `wecom,mark\n${ids.map((id) => `${id},${mark}`).join('\n')}\n`;
    const { body } = await upload(system(), { template: code }, file);
    await system().stopWorkers();
    await system().startWorker();
    const done = await reached(system(), body.id, 'finished');
    expect(done.results).toMatchObject({ messages: 3, sent: 3_000 });
    const reachedPeople = (await sandbox.inbox(mark)).flatMap(({ recipients }: AnswerBody) => recipients as string[]);
    expect([reachedPeople.length, new Set(reachedPeople).size]).toEqual([3_000, 3_000]);
  });

  it('makes a message of every line once, though every connection to PostgreSQL is cut again and again', async () => {
    const { api, database, given } = system();
    const { code } = await given.template('wecom-app', { content: { kind: 'text', content: 'cut {{no}}' } });
    const lines = Array.from({ length: 3_000 }, (_, index) => `cut${index},${index}`);
    const { body } = await upload(system(), { template: code, dryRun: 'true' }, `wecom,no\n${lines.join('\n')}\n`);
    await reached(system(), body.id, 'checked');
    await api.do(`/v1/imports/${body.id}/resume`);
    const progress = async (): Promise<{ status: string; accepted: number }> => {
      const [row] = await database.query<{ status: string; accepted: number }>(
        'SELECT status, n_accepted AS accepted FROM import WHERE id = $1',
        [body.id],
      );
      return row ?? { status: '', accepted: 0 };
    };
    let cuts = 0;
    const isOver = async (): Promise<boolean> => {
      const { accepted, status } = await progress();
      if (accepted >= cuts * 500 && cuts < 5) {
        cuts += 1;
        await database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
        );
      }
      return status === 'finished';
    };
    await waitFor(isOver, { deadlineMs: 45_000, intervalMs: 5, what: 'the end of the import' });
    expect(cuts).toBe(5);
    const [sent] = await database.query<{ rows: number; people: number }>(
      `SELECT count(*)::int AS rows, count(DISTINCT r.ref)::int AS people
         FROM message m JOIN recipient r ON r.message_id = m.id WHERE m.batch_id = $1`,
      [body.id],
    );
    expect(sent).toEqual({ rows: 3_000, people: 3_000 });
    await api.post(`/v1/imports/${body.id}/cancel`);
  });
});
