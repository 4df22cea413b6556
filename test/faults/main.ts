import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Result } from './play.js';
import { choose, runFamilies } from './run-families.js';
import { FAMILIES } from './scenarios/index.js';
import { lineOf, tableOf } from './table.js';

const OPTIONS = {
  only: { type: 'string' },
  json: { type: 'string' },
  lanes: { type: 'string', default: '3' },
} as const;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** `npm run faults`: answers the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const families = choose(FAMILIES, values.only?.split(',') ?? []);
  if (families.length === 0) {
    say(`There is no such fault. Known: ${[...new Set(FAMILIES.flatMap(idsOf))].join(' ')}`);
    return 2;
  }
  const startedMs = performance.now();
  const seen: Result[] = [];
  const tell = (result: Result): void => {
    seen.push(result);
    say(lineOf(result));
    // After each one: what an interrupted run has seen is not lost.
    if (values.json) writeFileSync(values.json, `${JSON.stringify(reportOf(seen, startedMs), null, 2)}\n`);
  };
  await runFamilies(families, Number(values.lanes), tell);
  const order = families.flatMap(({ scenarios }) => scenarios.map(({ name }) => name));
  const results = seen.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
  const broken = results.filter((result) => result.broken.length > 0).length;
  const { seconds } = reportOf(results, startedMs);
  process.stdout.write(
    `${tableOf(results)}\n\n${results.length} faults in ${seconds} s, ${broken} with a broken bar\n`,
  );
  return broken === 0 ? 0 : 1;
}

const idsOf = ({ scenarios }: (typeof FAMILIES)[number]): string[] => scenarios.flatMap(({ ids }) => ids);

const reportOf = (results: readonly Result[], startedMs: number) => ({
  seconds: Math.round((performance.now() - startedMs) / 1000),
  machine: { cpus: cpus().length, model: cpus()[0]?.model, node: process.version },
  results,
});
