import type { BenchOptions } from '../options.js';
import { Floor } from '../parts/floor.js';
import { Grounds } from '../parts/grounds.js';
import { medianOf } from '../parts/percentiles.js';
import { Product } from '../parts/product.js';
import type { BackEnd } from '../parts/subject.js';
import { machineCpus, type IdleCost, type QueueAlone, type Report, type Row, type Shape } from '../report/report.js';
import { idleCost } from './idle-cost.js';
import { runImport } from './import-run.js';
import { countCalls } from './one-to-many.js';
import { runLoad, type Measured, type RunFigures, type Wishes } from './run.js';

/** Messages on their way at once: enough that nobody ever waits for work, and no backlog. */
const WINDOW = 400;
const BATCH = 100;
const LINES_PER_SECOND = 400;
const NOTHINGS_PER_SECOND = 3_000;
const MANY = 1_000;
const IDLE_SECONDS = 10;

export type Tell = (shape: Shape, run: RunFigures) => void;

/** Nothing of the others runs meanwhile: what an idle process does is not the cost of its neighbour. */
async function whileStopped<T>(subjects: readonly Measured[], work: () => Promise<T>): Promise<T> {
  const programs = subjects.flatMap(({ api, workers }) => [api, ...workers]);
  programs.forEach((program) => program.freeze());
  return work().finally(() => programs.forEach((program) => program.thaw()));
}

/** The whole of `npm run bench`: everything in turn on the same grounds. */
export class Bench {
  private readonly rows: Row[] = [];
  private readonly queueAlone: QueueAlone[] = [];
  private readonly idleCosts: IdleCost[] = [];

  private constructor(
    private readonly grounds: Grounds,
    private readonly options: BenchOptions,
    private readonly tell: Tell,
  ) {}

  static async run(options: BenchOptions, tell: Tell): Promise<Report> {
    const startedAt = new Date().toISOString();
    const grounds = await Grounds.lay();
    try {
      const bench = new Bench(grounds, options, tell);
      const calls = [];
      for (const backEnd of options.queues) calls.push(await bench.on(backEnd));
      const { idleCosts, queueAlone, rows } = bench;
      const [oneToMany] = calls;
      const { seconds } = options;
      return { startedAt, seconds, cpus: machineCpus(), rows, queueAlone, idleCosts, ...(oneToMany && { oneToMany }) };
    } finally {
      await grounds.close();
    }
  }

  private async on(backEnd: BackEnd): Promise<Report['oneToMany']> {
    const [floor, product] = await Promise.all([
      Floor.start(this.grounds, backEnd),
      Product.start(this.grounds, backEnd),
    ]);
    try {
      await this.warm(floor, product);
      await this.takeTurns('single', [floor, product], { seconds: this.options.seconds, window: WINDOW });
      await this.half(floor, product);
      if (!this.options.quick) await this.others(floor, product);
      const calls = await countCalls(this.grounds, product, MANY);
      if (!this.options.quick) await this.alone(floor);
      if (!this.options.quick) await this.idle(product, [floor]);
      return calls;
    } finally {
      await Promise.all([floor.close(), product.close()]);
    }
  }

  /** What was compiled just in time, and every connection, is there before anything counts. */
  private async warm(...subjects: Measured[]): Promise<void> {
    const seconds = Math.min(3, this.options.seconds);
    for (const subject of subjects) await runLoad(this.grounds, subject, { seconds, window: WINDOW });
  }

  private async takeTurns(shape: Shape, subjects: readonly Measured[], wishes: Wishes): Promise<Row> {
    const runs: RunFigures[] = [];
    for (let round = 0; round < this.options.rounds; round += 1) {
      for (const subject of subjects) {
        const others = subjects.filter((other) => other !== subject);
        const run = (): Promise<RunFigures> => runLoad(this.grounds, subject, wishes);
        runs.push(this.told(shape, await whileStopped(others, run)));
      }
    }
    return this.noteRow(shape, runs);
  }

  /** Both at half of what the product can: how long callers wait when nothing is short. */
  private async half(floor: Floor, product: Product): Promise<void> {
    const full = this.rows.find(({ backEnd, shape }) => shape === 'single' && backEnd === product.backEnd)?.runs ?? [];
    const rates = full.filter(({ subject }) => subject === 'product').map(({ perSecond }) => perSecond);
    const perSecond = Math.max(1, Math.round(medianOf(rates) / 2));
    await this.takeTurns('half', [floor, product], { seconds: this.options.seconds, perSecond });
  }

  private async others(floor: Floor, product: Product): Promise<void> {
    const { seconds, workers } = this.options;
    for (let count = 2; count <= workers; count += 1) {
      await Promise.all([floor.employ(count), product.employ(count)]);
      await this.warm(floor, product);
      await this.takeTurns('single', [floor, product], { seconds, window: WINDOW });
    }
    await Promise.all([floor.employ(1), product.employ(1)]);
    await this.takeTurns('batch', [product], {
      seconds,
      window: WINDOW + 4 * BATCH,
      batch: BATCH,
      path: '/v1/messages/batch',
    });
    const run = this.told('import', await runImport(this.grounds, product, seconds * LINES_PER_SECOND));
    this.noteRow('import', [run]);
    await this.acceptAlone([floor, product]);
  }

  /** While the workers stand still; what was accepted is sent afterwards. */
  private async acceptAlone(subjects: readonly Measured[]): Promise<void> {
    const runs: RunFigures[] = [];
    const seconds = Math.min(4, this.options.seconds);
    for (const subject of subjects) {
      subject.workers.forEach((worker) => worker.freeze());
      const thaw = (): void => subject.workers.forEach((worker) => worker.thaw());
      const timer = setTimeout(thaw, (seconds + 0.2) * 1000);
      runs.push(this.told('accept', await runLoad(this.grounds, subject, { seconds }).finally(thaw)));
      clearTimeout(timer);
    }
    this.noteRow('accept', runs);
  }

  private async alone(floor: Floor): Promise<void> {
    const jobs = this.options.seconds * NOTHINGS_PER_SECOND;
    const seconds = await floor.nothings(jobs);
    this.queueAlone.push({ backEnd: floor.backEnd, perSecond: Math.round(jobs / seconds) });
  }

  /** What the product costs while nobody sends anything. */
  private async idle(product: Product, others: readonly Measured[]): Promise<void> {
    const cpuMs = await whileStopped(others, () => idleCost(this.grounds, product, IDLE_SECONDS));
    this.idleCosts.push({ backEnd: product.backEnd, cpuMs });
  }

  private told(shape: Shape, run: RunFigures): RunFigures {
    this.tell(shape, run);
    return run;
  }

  private noteRow(shape: Shape, runs: readonly RunFigures[]): Row {
    const [first] = runs;
    if (!first) throw new Error(`There is no run of ${shape}`);
    const row = { shape, backEnd: first.backEnd, workers: first.workers, runs };
    this.rows.push(row);
    return row;
  }
}
