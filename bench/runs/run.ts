import type { Database } from '#libs/database';
import { waitFor } from '#libs/testing';
import { countSends } from '../load/vendor-count.js';
import type { LoadPlan, LoadResult } from '../load/plan.js';
import { cpuTimes, type Counted, type CpuTimes } from '../parts/cpu-time.js';
import type { Grounds } from '../parts/grounds.js';
import type { Percentiles } from '../parts/percentiles.js';
import { processesOf, type BackEnd, type Subject } from '../parts/subject.js';

/** What one run of one subject showed. */
export interface RunFigures {
  readonly subject: Subject['name'];
  readonly backEnd: BackEnd;
  readonly workers: number;
  readonly messages: number;
  readonly acceptPerSecond: number;
  readonly acceptMs: Percentiles;
  /** From the first request to the last stored outcome. */
  readonly perSecond: number;
  readonly endToEndMs: Percentiles;
  /** Microseconds per message, by process. */
  readonly cpuUs: CpuTimes;
  /** What must not be: messages lost, refused or sent twice. */
  readonly broken: readonly string[];
}

export type Wishes = Partial<Pick<LoadPlan, 'batch' | 'perSecond' | 'window' | 'path'>> & { readonly seconds: number };

export type Measured = Subject & { readonly sql: Database };

const SETTLE_MS = 180_000;
let runs = 0;

/** One load, until the last outcome is stored. */
export function runLoad(grounds: Grounds, subject: Measured, wishes: Wishes): Promise<RunFigures> {
  const plan: LoadPlan = { ...subject.form, ...wishes, mark: nextMark(), sandboxUrl: grounds.sandbox.url };
  return measured(grounds, subject, () => orderLoad(grounds, plan));
}

/** A mark that no other run has. */
export function nextMark(): string {
  runs += 1;
  return `bench ${process.pid} ${runs}`;
}

async function orderLoad({ load }: Grounds, plan: LoadPlan): Promise<LoadResult> {
  const answer = await fetch(load.url, { method: 'POST', body: JSON.stringify(plan) });
  if (!answer.ok) throw new Error(`The load generator failed: ${await answer.text()}`);
  return (await answer.json()) as LoadResult;
}

/** Runs `work`, waits for the end of everything that it had accepted, and says what it cost. */
export async function measured(
  grounds: Grounds,
  subject: Measured,
  work: () => Promise<LoadResult>,
): Promise<RunFigures> {
  const processes = { ...processesOf(subject), ...(await grounds.processes(subject.sql)) };
  const before = { calls: await countSends(grounds.sandbox.url), cpu: cpuTimes(processes) };
  const startedAt = await clockOf(subject.sql);
  const load = await work();
  await settled(subject, startedAt);
  const cpu = cpuTimes(processes);
  const outcomes = await subject.outcomesSince(startedAt);
  const calls = (await countSends(grounds.sandbox.url)) - before.calls;
  const seconds = (outcomes.lastAtMs - startedAt.getTime()) / 1000;
  return {
    subject: subject.name,
    backEnd: subject.backEnd,
    workers: subject.workers.length,
    messages: outcomes.sent,
    acceptPerSecond: Math.round(load.accepted / load.seconds),
    acceptMs: load.acceptMs,
    perSecond: seconds > 0 ? Math.round(outcomes.sent / seconds) : 0,
    endToEndMs: outcomes.endToEndMs,
    cpuUs: costPerMessage(processes, before.cpu, cpu, outcomes.sent),
    broken: faultsOf(load, outcomes.sent, calls),
  };
}

async function clockOf(sql: Database): Promise<Date> {
  const [row] = await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  return row?.now ?? new Date();
}

async function settled(subject: Measured, startedAt: Date): Promise<void> {
  const isOver = async (): Promise<boolean> => (await subject.openSince(startedAt)) === 0;
  await waitFor(isOver, { deadlineMs: SETTLE_MS, intervalMs: 50, what: `the last outcome of the ${subject.name}` });
}

function costPerMessage(
  processes: Readonly<Record<string, Counted>>,
  before: CpuTimes,
  after: CpuTimes,
  messages: number,
): CpuTimes {
  const names = Object.keys(processes);
  const us = (name: string): number => (((after[name] ?? 0) - (before[name] ?? 0)) * 1000) / Math.max(1, messages);
  return Object.fromEntries(names.map((name) => [name, Math.round(us(name))]));
}

function faultsOf({ accepted, refusal = '', refused }: LoadResult, sent: number, calls: number): string[] {
  return [
    ...(refused > 0 ? [`${refused} messages were refused: ${refusal}`] : []),
    ...(sent === accepted ? [] : [`${accepted} messages were accepted and ${sent} sent`]),
    ...(calls === sent ? [] : [`${sent} messages were sent with ${calls} calls`]),
    ...(sent > 0 ? [] : ['nothing was sent']),
  ];
}
