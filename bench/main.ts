import { writeFile } from 'node:fs/promises';
import { readOptions } from './options.js';
import { describeReport, lineOf } from './report/table.js';
import { verdictsOf } from './report/verdict.js';
import { profileRun } from './profile/profile-run.js';
import { Bench } from './runs/bench.js';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** `npm run bench`: answers the exit code, 1 when a goal is missed. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options.profile) {
    process.stdout.write(`${await profileRun(options)}\n`);
    return 0;
  }
  const report = await Bench.run(options, (shape, run) => say(lineOf(shape, run)));
  const verdicts = verdictsOf(report);
  process.stdout.write(`${describeReport(report, verdicts)}\n`);
  if (options.json) await writeFile(options.json, `${JSON.stringify({ ...report, verdicts }, null, 2)}\n`);
  return verdicts.every(({ isMet }) => isMet) ? 0 : 1;
}
