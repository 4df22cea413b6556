import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Database, migrate } from '#libs/database';
import { startEmbeddedPostgres } from '#libs/embedded-postgres';
import { migrateQueue } from '#libs/queue';
import { TEST_ADMIN_KEY } from '#libs/testing';
import { MIGRATIONS } from '../../migrations/index.js';
import { ApiClient } from '../../test/e2e/api-client.js';
import { Program } from '../../test/faults/program.js';
import { cpuTimes, parentOf, type Counted, type CpuTimes } from '../parts/cpu-time.js';
import { percentilesOf, type Percentiles } from '../parts/percentiles.js';
import { countFigures } from './count-figures.js';
import { fill } from './fill.js';
import { readDataOptions, type DataOptions } from './options.js';
import { givenPlaces } from './people-and-places.js';
import { questionsOf, type Question } from './questions.js';

const MOST_P95_MS = 100;
const WARM = 2;

interface Answered {
  readonly name: string;
  readonly ms: Percentiles;
  /** Milliseconds of CPU for one answer: what does not depend on how busy the machine is. */
  readonly cpuMs: CpuTimes;
  readonly bytes: number;
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** `npm run bench:data`: answers the exit code, 1 when a page takes longer than it may. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readDataOptions(args);
  const server = await startEmbeddedPostgres({ dataDir: options.folder, disposable: true });
  try {
    await migrate({ databaseUrl: server.url, migrations: MIGRATIONS });
    await migrateQueue({ databaseUrl: server.url });
    return await onDatabase(server.url, options);
  } finally {
    await server.stop();
  }
}

async function onDatabase(url: string, options: DataOptions): Promise<number> {
  const sql = new Database({ connectionString: url, maxConnections: 2, applicationName: 'bench' });
  const sandbox = await Program.start('sandbox', {});
  const api = await Program.start('api', {
    DATABASE_URL: url,
    HONGYAN_SANDBOX_URL: sandbox.url,
    HONGYAN_ADMIN_KEY: TEST_ADMIN_KEY,
    HONGYAN_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  });
  try {
    const places = await givenPlaces(new ApiClient(api.url, TEST_ADMIN_KEY), sql);
    await fill(url, options.messages, say);
    await countFigures(url);
    const answered: Answered[] = [];
    const asked = new Asked(api, await serverOf(sql), options.requests);
    for (const question of [NOTHING, ...(await questionsOf(sql, places))]) {
      answered.push(await asked.answerOf(question));
      say(lineOf(answered.at(-1)));
    }
    process.stdout.write(`${tableOf(answered)}\n`);
    if (options.json) await writeFile(options.json, `${JSON.stringify(answered, null, 2)}\n`);
    return answered.every(({ ms }) => ms.p95 < MOST_P95_MS) ? 0 : 1;
  } finally {
    await Promise.all([api.kill(), sandbox.kill()]);
    await sql.close();
  }
}

/** What every answer takes on this machine at this time. */
const NOTHING: Question = { name: 'nothing (/health/live)', path: () => '/health/live' };

async function serverOf(sql: Database): Promise<number> {
  const [row] = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return parentOf(row?.pid ?? 0) ?? 0;
}

/** Questions one after the other, as a person clicks; the first two of each kind are not counted. */
class Asked {
  private readonly processes: Readonly<Record<string, Counted>>;

  constructor(
    private readonly api: Program,
    postmaster: number,
    private readonly requests: number,
  ) {
    this.processes = { api: { pid: api.pid }, postgres: { pid: postmaster, withChildren: true } };
  }

  async answerOf({ name, path }: Question): Promise<Answered> {
    for (let turn = 0; turn < WARM; turn += 1) await this.ask(path(turn));
    const before = cpuTimes(this.processes);
    const answers = [];
    for (let turn = WARM; turn < this.requests + WARM; turn += 1) answers.push(await this.ask(path(turn)));
    const after = cpuTimes(this.processes);
    const each = (process: string): number =>
      Math.round((((after[process] ?? 0) - (before[process] ?? 0)) / this.requests) * 10) / 10;
    return {
      name,
      ms: percentilesOf(answers.map(({ ms }) => ms)),
      cpuMs: Object.fromEntries(Object.keys(this.processes).map((process) => [process, each(process)])),
      bytes: Math.max(...answers.map(({ bytes }) => bytes)),
    };
  }

  private async ask(path: string): Promise<{ readonly ms: number; readonly bytes: number }> {
    const startedMs = performance.now();
    const answer = await fetch(`${this.api.url}${path}`, { headers: { authorization: `Bearer ${TEST_ADMIN_KEY}` } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 500)}`);
    return { ms: performance.now() - startedMs, bytes: text.length };
  }
}

const lineOf = (answered: Answered | undefined): string =>
  `${answered?.name}: p50 ${answered?.ms.p50} ms, p95 ${answered?.ms.p95} ms, CPU ${JSON.stringify(answered?.cpuMs)}`;

function tableOf(answered: readonly Answered[]): string {
  const rows = answered.map(({ bytes, cpuMs, ms, name }) => {
    const mark = ms.p95 < MOST_P95_MS ? '' : ' ✗';
    return `| ${name} | ${ms.p50} ms | ${ms.p95} ms${mark} | ${cpuMs['postgres']} ms | ${cpuMs['api']} ms | ${Math.ceil(bytes / 1024)} KiB |`;
  });
  return [
    '| page | p50 | p95 | CPU of PostgreSQL | CPU of the API | at most |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}
