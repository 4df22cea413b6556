import type { Sample } from './sample.js';

export interface Growth {
  readonly process: string;
  readonly figure: 'rssMb' | 'heapMb' | 'handles';
  readonly before: number;
  readonly after: number;
  readonly percent: number;
}

const FIGURES = ['rssMb', 'heapMb', 'handles'] as const;

/** Where the mean begins to tell something: the first third is warming up. */
const FIRST = 1 / 3;
const LAST = 2 / 3;

/** Most growth from the second to the last third; the heap swings between two collections and is only told. */
const BARS: Readonly<Partial<Record<Growth['figure'], number>>> = { rssMb: 10, handles: 10 };

/** Connections come and go: so few handles more are no leak, however few there were. */
const HANDLES_TO_SPARE = 8;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** From the second third of the samples to the last one, by process and figure. */
export function growthOf(samples: readonly Sample[]): Growth[] {
  const middle = samples.slice(Math.floor(samples.length * FIRST), Math.floor(samples.length * LAST));
  const end = samples.slice(Math.floor(samples.length * LAST));
  return Object.keys(samples.at(-1)?.processes ?? {}).flatMap((process) =>
    FIGURES.map((figure) => {
      const of = (part: readonly Sample[]): number => mean(part.flatMap((s) => s.processes[process]?.[figure] ?? []));
      const [before, after] = [Math.round(of(middle)), Math.round(of(end))];
      const percent = before === 0 ? 0 : Math.round(((after - before) / before) * 1000) / 10;
      return { process, figure, before, after, percent };
    }),
  );
}

/** Growths that are no longer noise. */
export const leaks = (growths: readonly Growth[]): Growth[] =>
  growths.filter(({ after, before, figure, percent }) => {
    const isNoise = figure === 'handles' && after - before <= HANDLES_TO_SPARE;
    return percent > (BARS[figure] ?? Infinity) && !isNoise;
  });

export function lineOf({ accepted, atS, backlog, processes, queued, rows }: Sample): string {
  const memory = Object.entries(processes).map(
    ([name, { handles, heapMb, rssMb }]) => `${name} ${rssMb} MB (heap ${heapMb}, handles ${handles})`,
  );
  return `${String(atS).padStart(5)} s | ${memory.join(' | ')} | rows ${rows} | open ${backlog} | queued ${queued} | accepted ${accepted}`;
}

export const growthLine = ({ after, before, figure, percent, process }: Growth): string =>
  `${process} ${figure}: ${before} → ${after} (${percent > 0 ? '+' : ''}${percent} %)`;
