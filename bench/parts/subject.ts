import type { Counted } from './cpu-time.js';
import type { Percentiles } from './percentiles.js';
import type { LoadPlan } from '../load/plan.js';
import type { Program } from '../../test/faults/program.js';

export const BACK_ENDS = ['redis', 'postgres'] as const;
export type BackEnd = (typeof BACK_ENDS)[number];

/** What became of the messages since an instant. */
export interface Outcomes {
  readonly accepted: number;
  readonly open: number;
  readonly sent: number;
  /** From the stored acceptance to the stored outcome. */
  readonly endToEndMs: Percentiles;
  /** When the last outcome was stored, on PostgreSQL's clock; 0 without one. */
  readonly lastAtMs: number;
}

/** Where and what the load generator sends. */
export type Form = Pick<LoadPlan, 'url' | 'path' | 'headers' | 'body'>;

/** Something that takes a message over HTTP, calls the vendor and stores the outcome. */
export interface Subject {
  readonly name: 'floor' | 'product';
  readonly backEnd: BackEnd;
  readonly form: Form;
  readonly api: Program;
  readonly workers: readonly Program[];
  /** Has exactly so many workers from now on. */
  employ(workers: number): Promise<void>;
  openSince(instant: Date): Promise<number>;
  outcomesSince(instant: Date): Promise<Outcomes>;
  close(): Promise<void>;
}

/** The processes of a subject and of what it stands on, by name. */
export function processesOf({ api, workers }: Subject): Record<string, Counted> {
  const named = workers.map(({ pid }, index): [string, Counted] => [`worker ${index + 1}`, { pid }]);
  return { api: { pid: api.pid }, ...Object.fromEntries(named) };
}
