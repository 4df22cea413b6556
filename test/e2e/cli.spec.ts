import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TEST_ADMIN_KEY } from '#libs/testing';
import { run } from '../../apps/cli/src/program.js';
import { onEachBackend, type System } from './system.js';

interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function hongyan(
  { apiUrl }: System,
  args: readonly string[],
  env: Readonly<Record<string, string>> = { HONGYAN_API_KEY: TEST_ADMIN_KEY },
): Promise<Run> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const textOf = (stream: PassThrough): string => String(stream.read() ?? '');
  const exitCode = await run(args, { HONGYAN_URL: apiUrl, ...env }, { stdin, stdout, stderr });
  return { exitCode, stdout: textOf(stdout), stderr: textOf(stderr) };
}

onEachBackend('the command line', (system) => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hongyan-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('sends a message, waits for its end and shows what happened', async () => {
    const { given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('from the shell');
    const sent = await hongyan(system(), ['send', template.code, '-t', 'zhangsan', '-p', `text=${text}`, '--wait']);
    expect(sent).toEqual({ exitCode: 0, stdout: expect.any(String), stderr: expect.any(String) });
    expect(sent.stdout).toContain('Accepted');
    expect(sent.stderr).toContain('sent');
    await sandbox.only(text);
  });

  it('ends with 1 when the message fails, and says why', async () => {
    const template = await system().given.template('wecom-app');
    const sent = await hongyan(system(), ['send', template.code, '-t', 'wecom:nobody-here', '-p', 'text=x', '-w']);
    expect(sent).toMatchObject({ exitCode: 1 });
    expect(sent.stderr).toContain('failed');
  });

  it('a dry run stores nothing', async () => {
    const template = await system().given.template('wecom-app');
    const before = await system().rows('message');
    const tried = await hongyan(system(), [
      'send',
      template.code,
      '-t',
      'zhangsan',
      '-p',
      'text=x',
      '--dry-run',
      '--json',
    ]);
    expect(tried).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(tried.stdout)).toMatchObject({ deliveries: [{ recipients: ['user:zhangsan'] }] });
    expect(await system().rows('message')).toBe(before);
  });

  it('tells every fault of a request in words, with 3', async () => {
    const template = await system().given.template('wecom-app');
    const refused = await hongyan(system(), ['send', template.code, '-t', 'zhangsan', '--lang', 'zh']);
    expect(refused).toMatchObject({ exitCode: 3, stdout: '' });
    expect(refused.stderr).toContain('missing_variable');
    expect(refused.stderr).toContain('/params/text');
  });

  it('recalls by business key, and reports each delivery', async () => {
    const { api, given, sandbox } = system();
    const template = await given.template('wecom-app');
    const text = given.text('taken back');
    await api.sendAndSettle(template.message(text, { recipients: ['zhangsan'], businessKey: text }));
    const tried = await hongyan(system(), ['recall', '--business-key', text, '--dry-run', '--json']);
    expect(JSON.parse(tried.stdout)).toMatchObject({ messages: 1, counts: { recallable: 1 } });
    const asked = await hongyan(system(), ['recall', '--business-key', text]);
    expect(asked).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') });
    const done = await hongyan(system(), ['recall', '--business-key', text, '--yes', '--json']);
    expect(done).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(done.stdout)).toMatchObject({ status: 'finished', counts: { recalled: 1 } });
    expect(await sandbox.only(text)).toMatchObject({ recalled: true });
  });

  it('ends with 1 where a message cannot be taken back', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-robot');
    const message = await api.sendAndSettle(template.message(given.text('stays')));
    const recalled = await hongyan(system(), ['recall', message.id, '--yes']);
    expect(recalled.exitCode).not.toBe(0);
    expect(recalled.stderr).toContain('recall_not_supported');
  });

  it('lists messages by filter', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-robot');
    const message = await api.sendAndSettle(template.message(given.text('listed')));
    const found = await hongyan(system(), ['search', '--template', template.code, '--from', '1h']);
    expect(found.exitCode).toBe(0);
    expect(found.stdout).toContain(message.id);
    expect(found.stdout.split('\n')[0]).toContain('STATUS');
  });

  it('shows new messages as they arrive', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-robot');
    const watching = hongyan(system(), ['watch', '--template', template.code, '--seconds', '5', '--json']);
    const { id } = await api.send(template.message(given.text('watched')));
    expect((await watching).stdout).toContain(id);
  });

  it('makes, lists, rotates and revokes keys', async () => {
    const caller = await system().given.caller();
    const made = await hongyan(system(), ['keys', 'create', caller, '--name', 'shell', '--json']);
    const { id, key } = JSON.parse(made.stdout);
    expect(key).toMatch(/^hy_/u);
    const own = await hongyan(system(), ['search', '--json'], { HONGYAN_API_KEY: key });
    expect(JSON.parse(own.stdout)).toEqual([]);
    const rotated = await hongyan(system(), ['keys', 'rotate', id, '--json']);
    expect(JSON.parse(rotated.stdout).key).not.toBe(key);
    expect((await hongyan(system(), ['keys', 'list'])).stdout).toContain(id);
    expect(await hongyan(system(), ['keys', 'revoke', id])).toMatchObject({ exitCode: 0 });
    expect(await hongyan(system(), ['keys', 'revoke', id])).toMatchObject({ exitCode: 3 });
  });

  it('looks for trouble: an account whose secret is wrong', async () => {
    const { given } = system();
    const account = await given.account('wecom-app', { config: { corpSecret: 'not-the-secret' } });
    const found = await hongyan(system(), ['doctor', '--json']);
    expect(found.exitCode).toBe(1);
    const findings = JSON.parse(found.stdout);
    expect(findings).toContainEqual(expect.objectContaining({ check: 'books', ok: true }));
    expect(findings).toContainEqual(
      expect.objectContaining({ check: expect.stringContaining(account), ok: false, remedy: expect.any(String) }),
    );
  });

  it('reads the key from a file, and never sends one kept on this machine elsewhere', async () => {
    const file = join(folder, 'admin-key');
    await writeFile(file, `${TEST_ADMIN_KEY}\n`);
    expect(await hongyan(system(), ['search', '--key-file', file], {})).toMatchObject({ exitCode: 0 });
    expect(await hongyan(system(), ['search'], { HONGYAN_DATA_DIR: folder })).toMatchObject({ exitCode: 0 });
    const elsewhere = system().apiUrl.replace('127.0.0.1', '127.0.0.2');
    const away = await hongyan(system(), ['search', '--url', elsewhere], { HONGYAN_DATA_DIR: folder });
    expect(away.exitCode).not.toBe(0);
  });

  it.each([
    ['an unknown command', ['fly'], 2],
    ['an option without its value', ['send', 'x', '--to'], 2],
    ['two ways to say which messages', ['recall', 'a', '--business-key', 'b'], 2],
    ['an address that is none', ['search', '--url', 'nowhere'], 2],
    ['an API that is away', ['search', '--url', 'http://127.0.0.1:9'], 4],
    ['help', ['--help'], 0],
  ])('%s ends with its code and a sentence', async (_, args, exitCode) => {
    const ended = await hongyan(system(), args);
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stderr + ended.stdout).not.toBe('');
  });
});
