import { Deployment } from './deployment.js';
import { Load } from './parts/load.js';
import { givenTemplates, type Templates } from './parts/messages.js';
import { play, type Result } from './play.js';
import type { Family } from './scenario.js';

/** Only the scenarios with one of these ids; all of them when none is given. */
export function choose(families: readonly Family[], ids: readonly string[]): readonly Family[] {
  if (ids.length === 0) return families;
  const chosen = families.map((family) => ({
    ...family,
    scenarios: family.scenarios.filter((scenario) => scenario.ids.some((id) => ids.includes(id))),
  }));
  return chosen.filter(({ scenarios }) => scenarios.length > 0);
}

/** What comes first in a process is slow: it is nobody's figure. */
async function warmUp(deployment: Deployment, templates: Templates): Promise<void> {
  const load = new Load({ url: () => deployment.url, templates, prefix: 'warm' });
  await load.run(50, 2);
  await load.answered();
}

async function runFamily(family: Family, told: (result: Result) => void): Promise<Result[]> {
  const deployment = await Deployment.start(family.deployment);
  try {
    const templates = await givenTemplates(deployment.given);
    await warmUp(deployment, templates);
    const results: Result[] = [];
    for (const scenario of family.scenarios) {
      const result = await play(scenario, deployment, templates);
      told(result);
      results.push(result);
    }
    return results;
  } finally {
    await deployment.close();
  }
}

/** Plays families side by side, each on a deployment of its own; `told` hears of every scenario when it is over. */
export async function runFamilies(
  families: readonly Family[],
  lanes: number,
  told: (result: Result) => void,
): Promise<Result[]> {
  const waiting = [...families];
  const results: Result[] = [];
  const lane = async (): Promise<void> => {
    for (let family = waiting.shift(); family; family = waiting.shift()) {
      results.push(...(await runFamily(family, told)));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
