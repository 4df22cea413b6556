import { readFile } from 'node:fs/promises';
import { TEST_ADMIN_KEY } from '#libs/testing';
import type { Deployment } from '../deployment.js';
import type { Program } from '../program.js';

/** What one process holds. */
export interface ProcessSample {
  readonly rssMb: number;
  readonly heapMb: number;
  readonly handles: number;
}

export interface Sample {
  readonly atS: number;
  readonly processes: Readonly<Record<string, ProcessSample>>;
  /** Rows of the message tables. */
  readonly rows: number;
  /** Messages of which something is open. */
  readonly backlog: number;
  readonly queued: number;
  readonly accepted: number;
}

const MIB = 1024 * 1024;

async function rssMb({ pid }: Program): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
}

/** Figures that the process tells by itself; 0 while it cannot be asked. */
async function metricsOf({ url }: Program): Promise<(name: string) => number> {
  const headers = { authorization: `Bearer ${TEST_ADMIN_KEY}` };
  const text = await fetch(`${url}/metrics`, { headers, signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.text(),
    () => '',
  );
  return (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
}

async function sampleOf(program: Program): Promise<ProcessSample> {
  const metric = await metricsOf(program);
  return {
    rssMb: await rssMb(program),
    heapMb: Math.round(metric('nodejs_heap_size_used_bytes') / MIB),
    handles: metric('nodejs_active_resources_total') || metric('nodejs_active_handles_total'),
  };
}

const ROWS = `
  SELECT ((SELECT count(*) FROM message) + (SELECT count(*) FROM delivery) + (SELECT count(*) FROM recipient)
    + (SELECT count(*) FROM attempt) + (SELECT count(*) FROM event) + (SELECT count(*) FROM dedupe_claim))::int AS rows,
    (SELECT count(*) FROM message WHERE open_rows > 0)::int AS backlog`;

/** Looks at everything once, past the wires. */
export async function takeSample(deployment: Deployment, atS: number, accepted: number): Promise<Sample> {
  const programs = { api: deployment.apiProcess, ...Object.fromEntries(deployment.workers.map(named)) };
  const samples = Object.entries(programs).map(async ([name, program]) => [name, await sampleOf(program)] as const);
  const [row] = await deployment.query<{ rows: number; backlog: number }>(ROWS);
  const jobs = await deployment.redis.jobs().catch(() => ({ waiting: 0, taken: 0 }));
  return {
    atS,
    processes: Object.fromEntries(await Promise.all(samples)),
    rows: row?.rows ?? 0,
    backlog: row?.backlog ?? 0,
    queued: jobs.waiting + jobs.taken,
    accepted,
  };
}

const named = (program: Program, index: number): readonly [string, Program] => [`worker ${index + 1}`, program];
