import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { START_MS, STORY_MS } from './deployment.js';
import { choose, Playhouse } from './run-families.js';
import { FAMILIES } from './scenarios/index.js';
import { tableOf } from './table.js';

jest.setTimeout(STORY_MS);

/**
 * Short ones, of each kind; `npm run faults` plays all of them. Other tests run beside them, so the times of requests
 * are judged there only.
 */
const SHORT = ['F0', 'F1', 'F2', 'F16', 'F18', 'KP5'];

describe.each(choose(FAMILIES, SHORT))('faults of $name', (family) => {
  const playhouse = new Playhouse(false);
  beforeAll(() => playhouse.open(family), START_MS);
  afterAll(() => playhouse.close(), START_MS);

  it.each(family.scenarios)('$ids: $name', async (scenario) => {
    const result = await playhouse.play(scenario);
    expect(result.broken.length === 0 ? '' : tableOf([result])).toBe('');
  });
});
