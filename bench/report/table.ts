import { cpuOf, figureOf, ratioOf, type Report, type Row, type Shape } from './report.js';
import type { RunFigures } from '../runs/run.js';
import type { Verdict } from './verdict.js';

const NAMES: Readonly<Record<Shape, string>> = {
  single: 'single sends',
  batch: 'batches of 100',
  import: 'an import',
  accept: 'accepting alone',
  half: 'half of that load',
};

const COLUMNS = [
  'what',
  'queue',
  'workers',
  'floor, end to end /s',
  'product, end to end /s',
  'share',
  'product, end to end p50 / p99',
  'product, accept /s',
  'product, accept p50 / p99',
  'floor, accept p99',
  'CPU per message, floor → product',
];

const whole = (value: number | undefined): string => (value === undefined ? '–' : String(Math.round(value)));
const times = (value: number | undefined): string => (value === undefined ? '–' : `${value.toFixed(2)} ×`);
const ms = (value: number | undefined): string => (value === undefined ? '–' : `${value} ms`);

const cpu = (row: Row): string =>
  [figureOf(row, 'floor', cpuOf), figureOf(row, 'product', cpuOf)]
    .flatMap((us) => (us === undefined ? [] : [`${Math.round(us)} µs`]))
    .join(' → ');

function cellsOf(row: Row): string[] {
  const product = (read: (run: RunFigures) => number): number | undefined => figureOf(row, 'product', read);
  return [
    NAMES[row.shape],
    row.backEnd,
    String(row.workers),
    whole(figureOf(row, 'floor', ({ perSecond }) => perSecond)),
    whole(product(({ perSecond }) => perSecond)),
    times(ratioOf(row, ({ perSecond }) => perSecond)),
    `${ms(product(({ endToEndMs }) => endToEndMs.p50))} / ${ms(product(({ endToEndMs }) => endToEndMs.p99))}`,
    whole(product(({ acceptPerSecond }) => acceptPerSecond)),
    `${ms(product(({ acceptMs }) => acceptMs.p50))} / ${ms(product(({ acceptMs }) => acceptMs.p99))}`,
    ms(figureOf(row, 'floor', ({ acceptMs }) => acceptMs.p99)),
    cpu(row),
  ];
}

const tableOf = (rows: readonly (readonly string[])[]): string[] => rows.map((cells) => `| ${cells.join(' | ')} |`);

/** Markdown, as it stands in docs/performance.md. */
export function describeReport(report: Report, verdicts: readonly Verdict[]): string {
  const alone = report.queueAlone.map(({ backEnd, perSecond }) => `BullMQ alone on ${backEnd}: ${perSecond} jobs/s`);
  const idle = report.idleCosts.map(({ backEnd, cpuMs }) => {
    const parts = Object.entries(cpuMs).map(([name, ms]) => `${name} ${ms}`);
    return `the product at rest, queue in ${backEnd}, ms of CPU in a second: ${parts.join(', ')}`;
  });
  return [
    ...tableOf([COLUMNS, COLUMNS.map((_, index) => (index === 0 ? '---' : '---:')), ...report.rows.map(cellsOf)]),
    '',
    ...alone,
    ...idle,
    ...(report.oneToMany ? [`1000 recipients in one request: accepted in ${report.oneToMany.acceptMs} ms`] : []),
    '',
    ...verdicts.map(({ goal, isMet, seen }) => `${isMet ? '✓' : '✗'} ${goal}: ${seen}`),
  ].join('\n');
}

/** One line while it runs. */
export function lineOf(shape: Shape, run: RunFigures): string {
  const { acceptMs, acceptPerSecond, backEnd, broken, endToEndMs, perSecond, subject, workers } = run;
  const parts = Object.entries(run.cpuUs).map(([name, us]) => `${name} ${us}`);
  return [
    `${NAMES[shape]}, ${subject}, ${backEnd}, ${workers} worker(s): ${perSecond}/s end to end (p50 ${endToEndMs.p50} ms, p99 ${endToEndMs.p99} ms)`,
    `accept ${acceptPerSecond}/s p99 ${acceptMs.p99} ms`,
    `µs of CPU: ${parts.join(' ')}`,
    ...broken,
  ].join('; ');
}
