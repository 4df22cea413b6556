import type { BenchOptions } from '../options.js';
import { Floor } from '../parts/floor.js';
import { Grounds } from '../parts/grounds.js';
import { Product } from '../parts/product.js';
import type { Subject } from '../parts/subject.js';
import { lineOf } from '../report/table.js';
import { runLoad, type Measured } from '../runs/run.js';
import { INSPECTABLE, Inspector } from './inspector.js';
import { describeSummary, summarise } from './summary.js';

const WINDOW = 400;

/** Single sends as fast as they go: where each process spends its time. Figures of such a run are lower than others. */
export async function profileRun(options: BenchOptions): Promise<string> {
  const grounds = await Grounds.lay(INSPECTABLE);
  try {
    const texts: string[] = [];
    for (const backEnd of options.queues) {
      for (const Kind of [Floor, Product]) {
        const subject = await Kind.start(grounds, backEnd);
        texts.push(await profileOf(grounds, subject, options.seconds));
        await subject.close();
      }
    }
    return texts.join('\n\n');
  } finally {
    await grounds.close();
  }
}

async function profileOf(grounds: Grounds, subject: Measured, seconds: number): Promise<string> {
  await runLoad(grounds, subject, { seconds: seconds / 2, window: WINDOW });
  const inspectors = await Promise.all(
    Object.entries(programsOf(grounds, subject)).map(async ([name, program]) => ({
      name,
      inspector: await Inspector.attach(program),
    })),
  );
  await Promise.all(inspectors.map(({ inspector }) => inspector.start()));
  const run = await runLoad(grounds, subject, { seconds, window: WINDOW });
  const summaries = await Promise.all(
    inspectors.map(async ({ inspector, name }) =>
      describeSummary(`${subject.name} ${name}`, summarise(await inspector.stop())),
    ),
  );
  return [lineOf('single', run), ...summaries].join('\n\n');
}

const programsOf = ({ sandbox }: Grounds, { api, workers }: Subject) => ({
  api,
  ...(workers[0] && { worker: workers[0] }),
  sandbox,
});
