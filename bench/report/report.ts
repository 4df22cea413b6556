import { cpus } from 'node:os';
import type { CpuTimes } from '../parts/cpu-time.js';
import { medianOf } from '../parts/percentiles.js';
import type { BackEnd } from '../parts/subject.js';
import type { Calls } from '../runs/one-to-many.js';
import type { RunFigures } from '../runs/run.js';

/** What was sent how. */
export const SHAPES = ['single', 'batch', 'import', 'accept', 'half'] as const;
export type Shape = (typeof SHAPES)[number];

/** The runs of one shape, floor and product in turn. */
export interface Row {
  readonly shape: Shape;
  readonly backEnd: BackEnd;
  readonly workers: number;
  readonly runs: readonly RunFigures[];
}

export interface QueueAlone {
  readonly backEnd: BackEnd;
  readonly perSecond: number;
}

export interface IdleCost {
  readonly backEnd: BackEnd;
  /** Milliseconds in a second, by process. */
  readonly cpuMs: CpuTimes;
}

export interface Report {
  readonly startedAt: string;
  readonly seconds: number;
  readonly cpus: number;
  readonly rows: readonly Row[];
  readonly queueAlone: readonly QueueAlone[];
  readonly idleCosts: readonly IdleCost[];
  readonly oneToMany?: Calls;
}

export const machineCpus = (): number => cpus().length;

export const runsOf = ({ runs }: Row, subject: RunFigures['subject']): readonly RunFigures[] =>
  runs.filter((run) => run.subject === subject);

/** Median over the rounds; undefined without any. */
export function figureOf(
  row: Row,
  subject: RunFigures['subject'],
  read: (run: RunFigures) => number,
): number | undefined {
  const values = runsOf(row, subject).map(read);
  return values.length === 0 ? undefined : medianOf(values);
}

/** The product's share of the floor: the median over the rounds, each within itself. */
export function ratioOf(row: Row, read: (run: RunFigures) => number): number | undefined {
  const floors = runsOf(row, 'floor').map(read);
  const ratios = runsOf(row, 'product').flatMap((run, round) => {
    const floor = floors[round];
    return floor ? [read(run) / floor] : [];
  });
  return ratios.length === 0 ? undefined : medianOf(ratios);
}

/** Microseconds of CPU for one message, without those of the load generator. */
export const cpuOf = ({ cpuUs }: RunFigures): number =>
  Object.entries(cpuUs).reduce((sum, [name, us]) => (name === 'load' ? sum : sum + us), 0);

export const findRow = (report: Report, shape: Shape, backEnd: BackEnd, workers = 1): Row | undefined =>
  report.rows.find((row) => row.shape === shape && row.backEnd === backEnd && row.workers === workers);
