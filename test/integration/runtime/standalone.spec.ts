import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import { waitFor } from '#libs/testing';
import { makeDataDir, startProcess, type StartedProcess } from './start-process.js';

jest.setTimeout(120_000);

interface Report {
  readonly ok: boolean;
  readonly channels: Readonly<
    Record<string, { messageId: string; status: string; request: object; recalled?: boolean }>
  >;
}

let dataDir: string;
beforeEach(async () => {
  dataDir = await makeDataDir();
});

const start = (...args: string[]): Promise<StartedProcess> => startProcess(args, { HONGYAN_DATA_DIR: dataDir });

async function check(): Promise<{ readonly code: number; readonly report: Report; readonly output: string }> {
  const run = await start('--check');
  const code = await run.ended;
  const lastLine = run.stdout().trimEnd().split('\n').at(-1) ?? '';
  return { code, report: JSON.parse(lastLine) as Report, output: run.stdout() + run.stderr() };
}

async function call(url: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const key = (await readFile(join(dataDir, 'admin-key'), 'utf8')).trim();
  const response = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
}

/** A message of the first channel. */
async function send(url: string, time: string): Promise<string> {
  const [channel] = CHANNELS;
  const recipients = channel?.sandbox.recipients ?? [];
  const message = { template: `demo-${channel?.name}`, recipients, params: { time, counter: 0 } };
  const { id } = await call(url, '/v1/messages', message);
  return String(id);
}

async function waitForStatus(url: string, id: string, status: string): Promise<void> {
  const hasIt = async (): Promise<boolean> => (await call(url, `/v1/messages/${id}`))['status'] === status;
  await waitFor(hasIt, { deadlineMs: 30_000, what: `the status ${status}` });
}

async function expectKeptSecret(name: string, output: string): Promise<void> {
  const path = join(dataDir, name);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(output).not.toContain((await readFile(path, 'utf8')).trim());
}

describe('npm start -- --check', () => {
  it('sends through every channel, recalls where that is possible, shows no key, and does it again', async () => {
    for (const run of [1, 2]) {
      const { code, report, output } = await check();
      expect({ run, code, ok: report.ok }).toEqual({ run, code: 0, ok: true });
      expect(Object.keys(report.channels)).toEqual(CHANNELS.map(({ name }) => name));
      for (const { name, recall } of CHANNELS) {
        expect(report.channels[name]).toMatchObject({ status: 'sent', request: { method: 'POST' } });
        expect(report.channels[name]?.recalled).toBe(recall.supported ? true : undefined);
      }
      for (const name of ['admin-key', 'encryption-key']) await expectKeptSecret(name, output);
    }
  });
});

describe('npm start', () => {
  it('stores the outcome of a call that is open when Ctrl-C comes', async () => {
    const first = await start('--no-demo');
    const [api, sandbox] = [await first.url('API'), await first.url('Sandbox inbox')];
    // The token is fetched before the calls become slow.
    await waitForStatus(api, await send(api, 'warm'), 'sent');
    await call(sandbox, '/_sandbox/faults', { match: {}, times: 1, action: { type: 'delay', ms: 2_000 } });
    const id = await send(api, 'slow');
    await waitForStatus(api, id, 'sending');
    first.signal('SIGINT');
    expect(await first.ended).toBe(0);

    const second = await start('--no-demo');
    const message = await call(await second.url('API'), `/v1/messages/${id}`);
    expect(message).toMatchObject({ status: 'sent', deliveries: [{ status: 'sent', attempts: 1 }] });
    second.signal('SIGTERM');
    expect(await second.ended).toBe(0);
  });

  it('finds its data after it was killed', async () => {
    const first = await start('--no-demo');
    const id = await send(await first.url('API'), 'kept');
    first.signal('SIGKILL');
    await first.ended;

    const second = await start('--no-demo');
    await waitForStatus(await second.url('API'), id, 'sent');
    second.signal('SIGINT');
    expect(await second.ended).toBe(0);
  });

  it('reports every mistake in the configuration at once, before it makes anything', async () => {
    const run = await startProcess([], { HONGYAN_DATA_DIR: dataDir, PORT: 'x', LOG_LEVEL: 'loud', REDIS_URL: 'redis' });
    expect(await run.ended).toBe(1);
    for (const name of ['PORT', 'LOG_LEVEL', 'REDIS_URL']) expect(run.stderr()).toContain(`\n  ${name} `);
    expect(await readdir(dataDir)).toEqual([]);
  });
});
