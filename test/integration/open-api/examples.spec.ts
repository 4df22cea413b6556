import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { DescribedApi, type Answer } from './described-api.js';
import { exampleBodyOf } from './examples.js';
import { addressOf, type Operation } from './operations.js';
import { arrange, pathOf, recipesFor, requestOf, type Fixtures, type Recipe } from './recipes.js';

const START_MS = 60_000;

/** Ends what the calls before it need. */
const isLast = ({ method, path }: Operation): boolean => method === 'delete' || /\/(disable|cancel)$/u.test(path);

describe('every call, as it is described', () => {
  let api: DescribedApi;
  let fixtures: Fixtures;
  let recipes: Readonly<Record<string, Recipe>>;

  beforeAll(async () => {
    api = await DescribedApi.start();
    fixtures = await arrange(api);
    recipes = recipesFor(fixtures);
  }, START_MS);
  afterAll(() => api.close());

  const validly = (operation: Operation): Promise<Answer> => {
    const recipe = recipes[operation.name] ?? {};
    const request = requestOf(recipe, exampleBodyOf(operation, api.description), pathOf(operation.path, fixtures));
    return recipe.file ? api.send(operation, request, recipe.file) : api.call(operation, request);
  };

  it('refuses what nobody described, and names it', async () => {
    const wrong: string[] = [];
    for (const operation of api.operations.filter(({ security }) => security.length > 0)) {
      // A body that nobody reads would do no harm here; a path that is there would.
      const path = operation.method === 'get' ? pathOf(operation.path, fixtures) : {};
      const answers = [await api.call(operation, { path, query: { colour: 'red' } })];
      if (operation.body?.content['application/json']) {
        answers.push(
          await api.call(operation, { path, body: '{"half":' }),
          await api.call(operation, { path, body: '[]' }),
          await api.call(operation, { path, body: { colour: 'red' } }),
          await api.call(operation, { path, body: 'x=1', headers: { 'content-type': 'text/plain' } }),
        );
      }
      wrong.push(
        ...answers
          .filter((answer) => !isProblem(answer))
          .map(({ status, text }) => `${operation.name}: ${status} ${text}`),
      );
      wrong.push(
        ...answers
          .filter(({ status }) => !(status in operation.responses))
          .map(({ status }) => `${operation.name}: ${status} is not described`),
      );
    }
    expect(wrong).toEqual([]);
  });

  it('works', async () => {
    const wrong: string[] = [];
    for (const operation of [...api.operations].sort((one, two) => Number(isLast(one)) - Number(isLast(two)))) {
      const answer = await validly(operation);
      const { answers } = recipes[operation.name] ?? {};
      const isRight = answers
        ? answer.status === answers.status && [answer.text, codeOf(answer)].includes(answers.code)
        : answer.status < 300 && String(answer.status) in operation.responses;
      if (!isRight) wrong.push(`${operation.name}: ${answer.status} ${answer.text}`);
    }
    expect(wrong).toEqual([]);
  });

  it('has a recipe for nothing that is gone', () => {
    const names = api.operations.map(({ name }) => name);
    expect(Object.keys(recipes).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('finds each path that the documents name', () => {
    expect(
      api.operations.map((operation) => addressOf(operation, {}, 'x')).filter((path) => path.includes('{')),
    ).toEqual([]);
  });
});

const codeOf = ({ body }: Answer): unknown => (body as JsonObject | undefined)?.['code'];

const isProblem = (answer: Answer): boolean =>
  answer.status >= 400 &&
  answer.status < 500 &&
  answer.type === 'application/problem+json' &&
  typeof codeOf(answer) === 'string';
