import { figureOf, findRow, ratioOf, type Report } from './report.js';

/** A goal and how near it came. */
export interface Verdict {
  readonly goal: string;
  readonly seen: string;
  readonly isMet: boolean;
}

export const LEAST_SHARE_OF_FLOOR = 0.8;
export const MOST_ACCEPT_P99_MS = 25;
export const LEAST_GAIN_OF_SECOND_WORKER = 1.8;
/** Fewer, and a second worker has nothing to run on. */
const CPUS_FOR_TWO_WORKERS = 6;

/** Every goal that the report says anything about. */
export function verdictsOf(report: Report): Verdict[] {
  return [soundness(report), ...shareOfFloor(report), ...halfLoad(report), ...calls(report), ...secondWorker(report)];
}

/** Speed with losses is none. */
function soundness({ rows }: Report): Verdict {
  const broken = rows.flatMap(({ runs }) => runs.flatMap((run) => run.broken));
  return { goal: 'nothing lost, refused or sent twice', seen: broken.join('; ') || 'none', isMet: broken.length === 0 };
}

function shareOfFloor(report: Report): Verdict[] {
  const row = findRow(report, 'single', 'redis');
  const share = row && ratioOf(row, ({ perSecond }) => perSecond);
  if (share === undefined) return [];
  const goal = `end to end at least ${LEAST_SHARE_OF_FLOOR} × the floor`;
  return [{ goal, seen: `${share.toFixed(2)} ×`, isMet: share >= LEAST_SHARE_OF_FLOOR }];
}

function halfLoad(report: Report): Verdict[] {
  const row = findRow(report, 'half', 'redis');
  const p99 = row && figureOf(row, 'product', ({ acceptMs }) => acceptMs.p99);
  if (p99 === undefined) return [];
  const goal = `accept p99 under ${MOST_ACCEPT_P99_MS} ms at half of that load`;
  return [{ goal, seen: `${p99} ms`, isMet: p99 < MOST_ACCEPT_P99_MS }];
}

function calls({ oneToMany }: Report): Verdict[] {
  if (!oneToMany) return [];
  const { calls: made, fewest, recipients } = oneToMany;
  const goal = `${recipients} people with the same content: ${fewest} calls`;
  return [{ goal, seen: `${made} calls`, isMet: made === fewest }];
}

function secondWorker(report: Report): Verdict[] {
  const one = findRow(report, 'single', 'redis');
  const two = findRow(report, 'single', 'redis', 2);
  const rates = [one, two].map((row) => row && figureOf(row, 'product', ({ perSecond }) => perSecond));
  const [first, second] = rates;
  if (!first || !second || report.cpus < CPUS_FOR_TWO_WORKERS) return [];
  const gain = second / first;
  const goal = `two workers at least ${LEAST_GAIN_OF_SECOND_WORKER} × one`;
  return [{ goal, seen: `${gain.toFixed(2)} ×`, isMet: gain >= LEAST_GAIN_OF_SECOND_WORKER }];
}
