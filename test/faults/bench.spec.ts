import { describe, expect, it } from '@jest/globals';
import { Bench } from '../../bench/runs/bench.js';
import { readOptions } from '../../bench/options.js';
import { summarise } from '../../bench/profile/summary.js';
import { describeReport } from '../../bench/report/table.js';
import { verdictsOf } from '../../bench/report/verdict.js';
import { START_MS } from './deployment.js';
import { ensureBuilt } from './program.js';
import type { Report, Row } from '../../bench/report/report.js';
import type { RunFigures } from '../../bench/runs/run.js';

const times = (p99: number) => ({ p50: 1, p95: p99, p99, max: p99 });

const run = (subject: 'floor' | 'product', perSecond: number, changes: Partial<RunFigures> = {}): RunFigures => ({
  subject,
  backEnd: 'redis',
  workers: 1,
  messages: 100,
  acceptPerSecond: perSecond,
  acceptMs: times(10),
  perSecond,
  endToEndMs: times(20),
  cpuUs: { api: 100, worker: 200, load: 1000 },
  broken: [],
  ...changes,
});

const single = (...runs: RunFigures[]): Row => ({ shape: 'single', backEnd: 'redis', workers: 1, runs });

const report = (changes: Partial<Report>): Report => ({
  startedAt: '2026-11-23T00:00:00.000Z',
  seconds: 2,
  cpus: 2,
  rows: [],
  queueAlone: [],
  idleCosts: [],
  ...changes,
});

const missed = (seen: Report): string[] =>
  verdictsOf(seen)
    .filter(({ isMet }) => !isMet)
    .map(({ goal, seen: figure }) => `${goal}: ${figure}`);

describe('the verdict of a benchmark', () => {
  it('takes each round of the product with the floor of the same round', () => {
    const rounds = [run('floor', 100), run('product', 90), run('floor', 10), run('product', 9)];
    expect(missed(report({ rows: [single(...rounds)] }))).toEqual([]);
    expect(missed(report({ rows: [single(run('floor', 100), run('product', 79))] }))).toEqual([
      'end to end at least 0.8 × the floor: 0.79 ×',
    ]);
  });

  it('sees slow answers, further calls and lost messages', () => {
    const half = { ...single(run('floor', 50), run('product', 50, { acceptMs: times(25) })), shape: 'half' as const };
    const lost = single(run('floor', 1), run('product', 1, { broken: ['5 messages were accepted and 4 sent'] }));
    const oneToMany = { recipients: 1000, calls: 2, fewest: 1, acceptMs: 5 };
    expect(missed(report({ rows: [half, lost], oneToMany }))).toEqual([
      'nothing lost, refused or sent twice: 5 messages were accepted and 4 sent',
      'accept p99 under 25 ms at half of that load: 25 ms',
      '1000 people with the same content: 1 calls: 2 calls',
    ]);
  });

  it('asks for the gain of a second worker only where there are processors for it', () => {
    const two = { ...single(run('floor', 150), run('product', 150)), workers: 2 };
    const rows = [single(run('floor', 100), run('product', 100)), two];
    expect(missed(report({ rows }))).toEqual([]);
    expect(missed(report({ rows, cpus: 8 }))).toEqual(['two workers at least 1.8 × one: 1.50 ×']);
  });
});

describe('a profile', () => {
  it('is summed up by package, without the time in which nothing was done', () => {
    const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
      id,
      callFrame: { functionName, url, lineNumber: 0 },
      children,
    });
    const summary = summarise({
      nodes: [
        node(1, '(root)', '', [2, 3]),
        node(2, '(idle)', ''),
        node(3, 'plan', 'file:///x/dist/libs/messages/plan.js', [4]),
        node(4, 'validate', 'file:///x/node_modules/class-validator/cjs/v.js'),
      ],
      samples: [2, 3, 4, 4],
      timeDeltas: [600, 100, 150, 150],
    });
    expect(summary.busy).toBeCloseTo(0.4);
    expect(summary.packages.map(({ name, share }) => [name, share])).toEqual([
      ['class-validator', 0.75],
      ['libs/messages', 0.25],
      ['(root)', 0],
    ]);
    expect(summary.inclusive).toEqual([{ name: 'plan libs/messages/plan.js:1', share: 1 }]);
  });
});

describe('npm run bench', () => {
  it(
    'measures floor and product in turn, and loses nothing',
    async () => {
      ensureBuilt();
      const seen = await Bench.run(readOptions(['--quick']), () => undefined);
      expect(seen.rows.map(({ runs, shape }) => [shape, runs.map(({ subject }) => subject)])).toEqual([
        ['single', ['floor', 'product']],
        ['half', ['floor', 'product']],
      ]);
      expect(verdictsOf(seen)[0]).toMatchObject({ isMet: true, seen: 'none' });
      expect(seen.oneToMany).toMatchObject({ recipients: 1000, calls: 1 });
      expect(describeReport(seen, verdictsOf(seen))).toContain('| single sends | redis | 1 |');
    },
    START_MS,
  );
});
