import { waitFor } from '#libs/testing';
import { Deployment } from './deployment.js';
import { quantile } from './parts/judge.js';
import { Load } from './parts/load.js';
import { givenTemplates, type Templates } from './parts/messages.js';
import { notPlayed, play, type Result, type Theatre } from './play.js';
import type { Family, Scenario } from './scenario.js';

/** Only the scenarios with one of these ids; all of them when none is given. */
export function choose(families: readonly Family[], ids: readonly string[]): readonly Family[] {
  if (ids.length === 0) return families;
  const chosen = families.map((family) => ({
    ...family,
    scenarios: family.scenarios.filter((scenario) => scenario.ids.some((id) => ids.includes(id))),
  }));
  return chosen.filter(({ scenarios }) => scenarios.length > 0);
}

/**
 * What comes first in a process is slow: it is nobody's figure. Answers how long a request takes on this machine in
 * this minute (p99).
 */
async function warmUp(deployment: Deployment, templates: Templates): Promise<number> {
  const load = (prefix: string): Load => new Load({ url: () => deployment.url, templates, prefix });
  await load('warm').run(50, 2);
  const healthy = load('healthy');
  await healthy.run(40, 2);
  await healthy.answered();
  await waitFor(async () => (await openMessages(deployment)) === 0, {
    deadlineMs: 60_000,
    what: 'the end of the warm-up',
  });
  return quantile(
    healthy.submitted.flatMap(({ firstTryMs }) => firstTryMs ?? []),
    0.99,
  );
}

async function openMessages(deployment: Deployment): Promise<number> {
  const [row] = await deployment.query<{ open: number }>(
    'SELECT count(*)::int AS open FROM message WHERE open_rows > 0',
  );
  const { taken, waiting } = await deployment.redis.jobs();
  return (row?.open ?? 0) + taken + waiting;
}

/** The deployment on which the scenarios of one family are played. */
export class Playhouse {
  private theatre: Theatre | undefined;

  /** `isAlone`: nothing else runs on the machine that knows nothing of this. */
  constructor(private readonly isAlone: boolean) {}

  async open({ deployment: options }: Family): Promise<void> {
    const deployment = await Deployment.start(options);
    const templates = await givenTemplates(deployment.given);
    this.theatre = { deployment, templates, healthyMs: await warmUp(deployment, templates), isAlone: this.isAlone };
  }

  play(scenario: Scenario): Promise<Result> {
    if (!this.theatre) throw new Error('The playhouse is closed');
    return play(scenario, this.theatre);
  }

  async close(): Promise<void> {
    await this.theatre?.deployment.close();
  }
}

async function runFamily({ scenarios, ...family }: Family, told: (result: Result) => void): Promise<void> {
  const theatre = new Playhouse(true);
  const waiting = [...scenarios];
  try {
    await theatre.open({ scenarios, ...family });
    for (let scenario = waiting[0]; scenario; scenario = waiting[0]) {
      told(await theatre.play(scenario));
      waiting.shift();
    }
  } catch (error) {
    // Nothing was shown: that is no pass.
    waiting.forEach((scenario) => told(notPlayed(scenario, error)));
  }
  await theatre.close();
}

/** Plays families side by side, each on a deployment of its own; `told` hears of every scenario when it is over. */
export async function runFamilies(
  families: readonly Family[],
  lanes: number,
  told: (result: Result) => void,
): Promise<void> {
  const waiting = [...families];
  const lane = async (): Promise<void> => {
    for (let family = waiting.shift(); family; family = waiting.shift()) await runFamily(family, told);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
