import { writeFile } from 'node:fs/promises';
import { readOptions } from './options.js';
import { describeReport, lineOf } from './report/table.js';
import { verdictsOf } from './report/verdict.js';
import { Backlog, describeBacklog } from './backlog/backlog.js';
import { profileRun } from './profile/profile-run.js';
import { Bench } from './runs/bench.js';

/** A backlog drains for as long as it takes, but the look at it ends. */
const BACKLOG_SECONDS = 300;
const LONGEST_WAIT_MS = 1_000;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** `npm run bench`: answers the exit code, 1 when a goal is missed. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options.profile) {
    process.stdout.write(`${await profileRun(options)}\n`);
    return 0;
  }
  if (options.backlog !== undefined) {
    const seen = await Backlog.run({ messages: options.backlog, seconds: BACKLOG_SECONDS }, say);
    process.stdout.write(`${describeBacklog(seen)}\n`);
    if (options.json) await writeFile(options.json, `${JSON.stringify(seen, null, 2)}\n`);
    const waits = [seen.highMs, seen.otherCallerMs, seen.otherAccountMs];
    return waits.every(({ max }) => max < LONGEST_WAIT_MS) ? 0 : 1;
  }
  const report = await Bench.run(options, (shape, run) => say(lineOf(shape, run)));
  const verdicts = verdictsOf(report);
  process.stdout.write(`${describeReport(report, verdicts)}\n`);
  if (options.json) await writeFile(options.json, `${JSON.stringify({ ...report, verdicts }, null, 2)}\n`);
  return verdicts.every(({ isMet }) => isMet) ? 0 : 1;
}
