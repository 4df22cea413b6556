import { readdirSync, readFileSync } from 'node:fs';

/** `/proc` counts in hundredths of a second. */
const TICK_MS = 10;

/** Milliseconds of CPU by name of process. Empty where the system does not tell. */
export type CpuTimes = Readonly<Record<string, number>>;

/** A process; `withChildren`: a server that has a process for each connection. */
export interface Counted {
  readonly pid: number;
  readonly withChildren?: boolean;
}

interface Stat {
  readonly parent: number;
  readonly ownMs: number;
  /** Of children that have ended. */
  readonly endedMs: number;
}

function statOf(pid: number | string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold blanks.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0, , , , , , , , , , user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields;
    return { parent, ownMs: (user + system) * TICK_MS, endedMs: (endedUser + endedSystem) * TICK_MS };
  } catch {
    return undefined;
  }
}

/** Only where the parent is known: a process that ended between two looks is counted by it. */
function familyMs(pid: number): number {
  const root = statOf(pid);
  if (!root) return 0;
  const children = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(name) ?? []) : []));
  const living = children.filter(({ parent }) => parent === pid).reduce((sum, { ownMs }) => sum + ownMs, 0);
  return root.ownMs + root.endedMs + living;
}

export function cpuTimes(processes: Readonly<Record<string, Counted>>): CpuTimes {
  const times = Object.entries(processes).map(([name, { pid, withChildren }]): [string, number] => [
    name,
    withChildren ? familyMs(pid) : (statOf(pid)?.ownMs ?? 0),
  ]);
  return Object.fromEntries(times);
}

/** The process that started another one; undefined where the system does not tell. */
export const parentOf = (pid: number): number | undefined => statOf(pid)?.parent;

/** Resident memory in MiB; 0 where the system does not tell. */
export function residentMb(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
}
