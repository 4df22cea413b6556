import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, jest } from '@jest/globals';
import { stage } from './stage.js';

const START_MS = 90_000;
jest.setTimeout(120_000);

const SCENARIOS = /\.scenarios\.ts$/;

// A file is named after its topic: `-t '<topic>'` plays that one alone.
const topics = readdirSync(import.meta.dirname)
  .filter((file) => SCENARIOS.test(file))
  .map((file) => file.replace(SCENARIOS, ''))
  .sort();

beforeAll(() => stage.start(), START_MS);
afterAll(() => stage.stop(), START_MS);
afterEach(async () => expect(await stage.clear()).toEqual([]));

const tellers = await Promise.all(
  topics.map(async (topic) => {
    const { scenarios } = (await import(`./${topic}.scenarios.js`)) as { readonly scenarios: () => void };
    return { topic, scenarios };
  }),
);
describe.each(tellers)('the console: $topic', ({ scenarios }) => scenarios());
