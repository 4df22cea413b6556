import type { AnswerBody } from '../e2e/api-client.js';
import type { Deployment } from './deployment.js';
import { judge, type Figures } from './parts/judge.js';
import type { Templates } from './parts/messages.js';
import type { Scenario } from './scenario.js';
import { NOWHERE, Stage } from './stage.js';

export interface Result {
  readonly ids: readonly string[];
  readonly name: string;
  readonly figures: Figures;
  readonly notes: Readonly<Record<string, number | string>>;
  /** Why copies or open questions are no broken bars. */
  readonly may: NonNullable<Scenario['may']>;
  /** Empty: passed. */
  readonly broken: readonly string[];
  readonly seconds: number;
  /** How long a request took while nothing failed (p99). */
  readonly healthyMs: number;
}

/** What the scenarios of a family share. */
export interface Theatre {
  readonly deployment: Deployment;
  readonly templates: Templates;
  /** How long a request takes here while nothing fails (p99). */
  readonly healthyMs: number;
  /** Whether the times of requests are judged: not beside other tests, which take the machine when they like. */
  readonly isAlone: boolean;
}

const RECOVERY_MS = 30_000;
/** A bar for the time of a request is at least so many times what it takes while nothing fails. */
const HEALTHY_TIMES = 3;
/** A machine on which a request takes longer than this while nothing fails (p99) is busy with something else. */
const IDLE_MS = 250;
const MOST_TIMES = 4;

/** How many times longer than on an idle machine the way back may take. */
const slownessOf = (healthyMs: number): number => Math.min(MOST_TIMES, Math.max(1, healthyMs / IDLE_MS));

let plays = 0;

/** Plays one scenario on a deployment that it finds, and leaves, in any state. */
export async function play(
  scenario: Scenario,
  { deployment, healthyMs, isAlone, templates }: Theatre,
): Promise<Result> {
  const startedMs = performance.now();
  await deployment.repair(scenario.workers ?? 1);
  await deployment.sandbox.emptyInbox();
  const stage = new Stage(deployment, templates, `${scenario.ids[0] ?? ''}-${(plays += 1)}`, slownessOf(healthyMs));
  await attempt(stage, () => scenario.play(stage));
  await attempt(stage, () => deployment.repair(scenario.workers ?? 1));
  await attempt(stage, () => stage.settle());
  await attempt(stage, () => scenario.verify?.(stage));
  await attempt(stage, () => expectBalance(stage));
  const figures = stage.figures();
  return {
    ids: scenario.ids,
    name: scenario.name,
    figures,
    notes: stage.notes,
    may: scenario.may ?? {},
    healthyMs,
    broken: [
      ...stage.broken,
      ...brokenBars(figures, scenario, healthyMs),
      ...(isAlone ? slowRequests(figures, scenario, healthyMs) : []),
    ],
    seconds: Math.round((performance.now() - startedMs) / 100) / 10,
  };
}

/** What is to be said of a scenario whose deployment did not come up. */
export const notPlayed = ({ ids, name }: Scenario, error: unknown): Result => ({
  ids,
  name,
  figures: judge({ submitted: [], stored: [], copiesOf: () => [] }),
  notes: {},
  may: {},
  broken: [`not played: ${String(error)}`],
  seconds: 0,
  healthyMs: 0,
});

async function attempt(stage: Stage, work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    stage.broken.push(error instanceof Error ? error.message : String(error));
  }
}

/** The product's own books, which the judge does not trust: they balance, and they hold what the judge counted. */
async function expectBalance(stage: Stage): Promise<void> {
  const since = stage.startedAt.toISOString();
  const balance: AnswerBody = await stage.deployment.api.read(`/v1/stats/balance?createdAfter=${since}`);
  stage.expect('the books balance', balance.balanced === true, balance.difference);
  const endings = stage.endings().filter(({ status }) => status !== NOWHERE);
  const count = (status: string): number => endings.filter((ending) => ending.status === status).length;
  const own = { accepted: balance.accepted, sent: balance.counters.sent, unknown: balance.counters.unknown };
  const { outside } = stage;
  const judged = {
    accepted: endings.length + outside.accepted,
    sent: count('sent') + outside.sent,
    unknown: count('unknown'),
  };
  stage.expect('the counters say what the judge counted', JSON.stringify(own) === JSON.stringify(judged), [
    own,
    judged,
  ]);
}

const most = (name: string, value: number | undefined, bar: number | undefined): string[] =>
  value !== undefined && bar !== undefined && value > bar ? [`${name} ${value} ms > ${bar} ms`] : [];

/** The bars that hold for every scenario, but for what it may. */
function brokenBars(figures: Figures, { may = {}, within = {} }: Scenario, healthyMs: number): string[] {
  const zero = ['lost', 'duplicated', 'open', 'denied', 'neverAccepted', 'twoIds'] as const;
  const allowed = ['resent', 'unknown', 'ended'] as const;
  return [
    ...(figures.offered > 0 ? [] : ['nothing was sent']),
    ...zero.filter((name) => figures[name] > 0).map((name) => `${name} = ${figures[name]}`),
    ...allowed.filter((name) => figures[name] > 0 && !may[name]).map((name) => `${name} = ${figures[name]}`),
    ...most('recovery', figures.recoveryMs, Math.round((within.recoveryMs ?? RECOVERY_MS) * slownessOf(healthyMs))),
  ];
}

/** The bars for the times of requests. */
function slowRequests(figures: Figures, { within = {} }: Scenario, healthyMs: number): string[] {
  const atLeast = (bar: number | undefined): number | undefined => bar && Math.max(bar, HEALTHY_TIMES * healthyMs);
  return [
    ...most('accept p99', figures.acceptP99Ms, atLeast(within.acceptP99Ms)),
    ...most('accept max', figures.acceptMaxMs, atLeast(within.acceptMaxMs)),
  ];
}
