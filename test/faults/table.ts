import type { Result } from './play.js';

const COLUMNS = [
  'fault',
  'accepted',
  'delivered',
  'lost',
  'duplicated',
  'resent',
  'unknown',
  'recovery',
  'accept p99',
  'healthy p99',
];

const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);

function rowOf({ figures, healthyMs, ids, name }: Result): string[] {
  const counts = [
    figures.accepted,
    figures.delivered,
    figures.lost,
    figures.duplicated,
    figures.resent,
    figures.unknown,
  ];
  return [
    `${ids.join(' ')} ${name}`,
    ...counts.map(String),
    seconds(figures.recoveryMs),
    `${figures.acceptP99Ms} ms`,
    `${healthyMs} ms`,
  ];
}

/** A Markdown table, one row for each scenario; below it what is allowed and what was broken. */
export function tableOf(results: readonly Result[]): string {
  const rows = [COLUMNS, COLUMNS.map((_, index) => (index === 0 ? '---' : '---:')), ...results.map(rowOf)];
  return [
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...results.flatMap(allowancesOf),
    ...results.flatMap(({ broken, ids }) => broken.map((bar) => `✗ ${ids.join(' ')}: ${bar}`)),
  ].join('\n');
}

function allowancesOf({ figures, ids, may }: Result): string[] {
  const used = (['resent', 'unknown', 'ended'] as const).filter((name) => figures[name] > 0 && may[name]);
  return used.map((name) => `${ids.join(' ')}: ${figures[name]} ${name}, because ${may[name]}`);
}

/** One line while the suite runs. */
export function lineOf({ broken, ids, name, notes, seconds: took }: Result): string {
  const told = Object.entries(notes).map(([key, value]) => `${key} ${value}`);
  const line = `${broken.length === 0 ? '✓' : '✗'} ${ids.join(' ')} ${name} (${[`${took} s`, ...told].join(', ')})`;
  return [line, ...broken.map((bar) => `    ${bar}`)].join('\n');
}
