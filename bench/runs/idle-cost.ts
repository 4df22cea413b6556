import { setTimeout as delay } from 'node:timers/promises';
import { cpuTimes, type CpuTimes } from '../parts/cpu-time.js';
import type { Grounds } from '../parts/grounds.js';
import { processesOf } from '../parts/subject.js';
import type { Measured } from './run.js';

/** Milliseconds of CPU in a second of rest, by process. */
export async function idleCost(grounds: Grounds, subject: Measured, seconds: number): Promise<CpuTimes> {
  const { load: _, ...servers } = await grounds.processes(subject.sql);
  const processes = { ...processesOf(subject), ...servers };
  const before = cpuTimes(processes);
  await delay(seconds * 1000);
  const after = cpuTimes(processes);
  const each = (name: string): number => Math.round(((after[name] ?? 0) - (before[name] ?? 0)) / seconds);
  return Object.fromEntries(Object.keys(processes).map((name) => [name, each(name)]));
}
