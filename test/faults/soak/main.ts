import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Load } from '../parts/load.js';
import { givenTemplates } from '../parts/messages.js';
import { Deployment } from '../deployment.js';
import { Stage } from '../stage.js';
import { strike } from './mild-faults.js';
import { takeSample, type Sample } from './sample.js';
import { growthLine, growthOf, leaks, lineOf } from './verdict.js';

const OPTIONS = {
  minutes: { type: 'string', default: '10' },
  rate: { type: 'string', default: '20' },
  json: { type: 'string' },
} as const;

const SAMPLE_S = 10;
/** More than can arrive between two samples. */
const READ_AT_ONCE = 5_000;
/** A shorter run ends before the processes are warm: its growth is told and is no bar. */
const TELLING_MINUTES = 5;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function sampleUntil(stage: Stage, load: Load, seconds: number, isOver: () => boolean): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let atS = SAMPLE_S; atS <= seconds && !isOver(); atS += SAMPLE_S) {
    await stage.seconds(SAMPLE_S);
    const sample = await takeSample(stage.deployment, atS, load.accepted);
    // The vendors keep the newest messages only; each counts once, however often it is read.
    await stage.vendor.read(READ_AT_ONCE);
    samples.push(sample);
    say(lineOf(sample));
  }
  return samples;
}

async function trouble(stage: Stage, isOver: () => boolean): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  while (!isOver()) {
    await stage.seconds(8 + Math.random() * 8);
    if (isOver()) break;
    const name = await strike(stage);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** `npm run soak`: answers the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const minutes = Number(values.minutes);
  const deployment = await Deployment.start({ workers: 2, ownDatabase: true });
  try {
    const stage = new Stage(deployment, await givenTemplates(deployment.given), 'soak');
    const load = stage.load();
    let isOver = false;
    const sending = load.run(Number(values.rate), minutes * 60).finally(() => (isOver = true));
    const troubles = trouble(stage, () => isOver);
    const samples = await sampleUntil(stage, load, minutes * 60, () => isOver);
    await sending;
    const struck = await troubles;
    await deployment.repair(2);
    await stage.settle();
    return await report(stage, { minutes, samples, struck, json: values.json });
  } finally {
    await deployment.close();
  }
}

interface Soak {
  readonly minutes: number;
  readonly samples: readonly Sample[];
  readonly struck: Readonly<Record<string, number>>;
  readonly json: string | undefined;
}

async function report(stage: Stage, { json, minutes, samples, struck }: Soak): Promise<number> {
  const figures = stage.figures();
  const growths = growthOf(samples);
  const bad = ['lost', 'duplicated', 'open', 'denied', 'neverAccepted', 'twoIds'] as const;
  const broken = [
    ...stage.broken,
    ...bad.filter((name) => figures[name] > 0).map((name) => `${name} = ${figures[name]}`),
    ...(minutes >= TELLING_MINUTES ? leaks(growths).map(growthLine) : []),
  ];
  const counts = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  const lines = [
    `Troubles: ${JSON.stringify(struck)}`,
    counts.join(', '),
    ...growths.map(growthLine),
    broken.length === 0 ? 'Sound.' : `Not sound: ${broken.join('; ')}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (json)
    await writeFile(json, `${JSON.stringify({ minutes, struck, figures, growths, samples, broken }, null, 2)}\n`);
  return broken.length === 0 ? 0 : 1;
}
