import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
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
  const results = await runFamilies(families, Number(values.lanes), (result) => say(lineOf(result)));
  const ordered = families.flatMap(({ scenarios }) =>
    scenarios.flatMap(({ name }) => results.filter((r) => r.name === name)),
  );
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  const broken = ordered.filter((result) => result.broken.length > 0).length;
  process.stdout.write(
    `${tableOf(ordered)}\n\n${ordered.length} faults in ${seconds} s, ${broken} with a broken bar\n`,
  );
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
  if (values.json) await writeFile(values.json, `${JSON.stringify({ seconds, machine, results: ordered }, null, 2)}\n`);
  return broken === 0 ? 0 : 1;
}

const idsOf = ({ scenarios }: (typeof FAMILIES)[number]): string[] => scenarios.flatMap(({ ids }) => ids);
