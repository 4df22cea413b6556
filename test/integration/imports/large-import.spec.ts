import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { finished, pipeline } from 'node:stream/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import { ImportRunner } from '#libs/imports';
import { TEST_ADMIN_KEY, startTestDatabase, testConfig, type TestDatabase } from '#libs/testing';
import { createApiApp, type RunningApi } from '../../../apps/api/src/create-api.js';
import { xlsxFile } from '../../e2e/xlsx-file.js';

/** Set it to 100000 for the largest file there may be. */
const LINES = Number(process.env['IMPORT_LINES'] ?? 2_000);
/** About 12 kB a line: much more than may be held, of a small file as well. */
const NOTE = '备注'.repeat(LINES > 5_000 ? 50 : 2_000);
const MIB = 1024 * 1024;
const MOST_HELD_MIB = 20;
/** Each look collects garbage, which takes its time. */
const LOOK_EVERY_MS = 2_000;
const ALL_MS = 120_000 + LINES * 5;

type Answer = Readonly<Record<string, never>> & {
  readonly id: string;
  readonly counts: Readonly<Record<string, number>>;
};

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** Memory that something still holds, MiB. */
function held(): number {
  collect();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return (arrayBuffers + heapUsed) / MIB;
}

/** Most that was held while `work` ran, above what was held before. */
async function mostHeld(work: () => Promise<void>): Promise<number> {
  const before = held();
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, held() - before)), LOOK_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return most;
}

describe(`a file of ${LINES} lines that all say something else`, () => {
  let server: TestDatabase;
  let api: RunningApi;
  let folder: string;

  beforeAll(async () => {
    server = await startTestDatabase();
    api = await createApiApp(testConfig({ databaseUrl: server.url }));
    folder = await mkdtemp(join(tmpdir(), 'hongyan-import-'));
    const channel = CHANNELS.find(({ addressing }) => addressing.to === 'people');
    const account = { code: 'app', name: 'app', channel: channel?.name, config: channel?.sandbox.account };
    await post('/v1/accounts', { ...account, status: 'paused' });
    const routes = [{ channel: channel?.name, account: 'app', content: { kind: 'text', content: '{{name}}' } }];
    await post('/v1/templates', { code: 'hello', name: 'hello', routes });
    await post('/v1/templates/hello/versions/1/publish', {});
  }, ALL_MS);
  afterAll(async () => {
    await api.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const headers = { authorization: `Bearer ${TEST_ADMIN_KEY}` };

  async function post(path: string, body: object): Promise<void> {
    const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
    const answer = await fetch(`${api.url}${path}`, { ...init, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  }

  /** Piped: nothing of the file is held on this side either. */
  async function upload(path: string): Promise<Answer> {
    const sending = request(`${api.url}/v1/messages/import?template=hello&dryRun=true`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/octet-stream' },
    });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    await pipeline(createReadStream(path), sending);
    const [answer] = await answered;
    const taken = (await json(answer)) as Answer;
    if (answer.statusCode !== 202) throw new Error(JSON.stringify(taken));
    return taken;
  }

  const lineOf = (no: number): readonly [string, string, string] => [`u${no}`, `name ${no}`, `${no}${NOTE}`];

  async function csvFile(): Promise<string> {
    const path = join(folder, 'people.csv');
    const file = createWriteStream(path);
    file.write('user,name,note\n');
    for (let no = 0; no < LINES; no += 1) {
      if (!file.write(`${lineOf(no).join(',')}\n`)) await once(file, 'drain');
    }
    file.end();
    await finished(file);
    return path;
  }

  async function workbook(): Promise<string> {
    const path = join(folder, 'people.xlsx');
    const lines = Array.from({ length: LINES }, (_, no) => lineOf(no).map((cell) => cell.slice(0, 100)));
    const file = createWriteStream(path);
    file.end(xlsxFile([['user', 'name', 'note'], ...lines]));
    await finished(file);
    return path;
  }

  it.each([
    ['CSV', csvFile],
    ['a workbook', workbook],
  ])(
    'is taken and checked without being held in memory: %s',
    async (_, write) => {
      const path = await write();
      const runner = api.app.get(ImportRunner, { strict: false });
      const startedMs = performance.now();
      let taken: Answer | undefined;
      const uploading = await mostHeld(async () => void (taken = await upload(path)));
      const uploadedMs = performance.now();
      const checking = await mostHeld(() => runner.runDue());
      const checkedMs = performance.now();
      const answer = await fetch(`${api.url}/v1/imports/${taken?.id ?? ''}`, { headers });
      expect((await answer.json()) as Answer).toMatchObject({
        status: 'checked',
        counts: { rows: LINES, ready: LINES },
      });
      const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
      process.stderr.write(
        `${LINES} lines: upload ${seconds(startedMs, uploadedMs)} s, ${uploading.toFixed(0)} MiB; ` +
          `check ${seconds(uploadedMs, checkedMs)} s, ${checking.toFixed(0)} MiB\n`,
      );
      expect(uploading).toBeLessThan(MOST_HELD_MIB);
      expect(checking).toBeLessThan(MOST_HELD_MIB);
    },
    ALL_MS,
  );
});
