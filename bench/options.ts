import { parseArgs } from 'node:util';
import { BACK_ENDS, type BackEnd } from './parts/subject.js';

const OPTIONS = {
  seconds: { type: 'string', default: '10' },
  rounds: { type: 'string', default: '3' },
  queues: { type: 'string', default: BACK_ENDS.join(',') },
  workers: { type: 'string', default: '2' },
  quick: { type: 'boolean', default: false },
  profile: { type: 'boolean', default: false },
  backlog: { type: 'string' },
  json: { type: 'string' },
} as const;

export interface BenchOptions {
  /** Of one load. */
  readonly seconds: number;
  /** Floor and product take turns so often. */
  readonly rounds: number;
  readonly queues: readonly BackEnd[];
  /** Most worker processes. */
  readonly workers: number;
  /** Only what tells whether the tool works. */
  readonly quick: boolean;
  readonly profile: boolean;
  /** Messages that wait before anything is measured; nothing else is measured then. */
  readonly backlog?: number;
  /** File for the figures. */
  readonly json?: string;
}

const isBackEnd = (text: string): text is BackEnd => BACK_ENDS.some((name) => name === text);

export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const { backlog, json, profile, quick } = values;
  const options = {
    seconds: quick ? 1 : Number(values.seconds),
    rounds: quick ? 1 : Number(values.rounds),
    queues: quick ? (['redis'] as const) : values.queues.split(',').filter(isBackEnd),
    workers: quick ? 1 : Number(values.workers),
  };
  return {
    ...options,
    quick,
    profile,
    ...(backlog !== undefined && { backlog: Number(backlog) }),
    ...(json !== undefined && { json }),
  };
}
