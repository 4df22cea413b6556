import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleBodyOf } from './examples.js';
import { pathText, queryOf, valueOf } from './arbitrary.js';
import { DescribedApi, type Answer } from './described-api.js';
import { jsonSchemaOf, type Operation } from './operations.js';
import { arrange, pathOf, type Fixtures } from './recipes.js';

const START_MS = 60_000;
/** Requests to each call; `FUZZ_RUNS` for more. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 12);
const FUZZ_MS = 20_000 * RUNS;
/** The same requests in each run, so that a change answers for what it broke; `FUZZ_SEED` for others. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_123);
/** Answers only after ten seconds without a worker; its body is that of a send. */
const SLOW: readonly string[] = ['post /v1/templates/{code}/test'];

describe('whatever is sent', () => {
  let api: DescribedApi;
  let fixtures: Fixtures;

  beforeAll(async () => {
    api = await DescribedApi.start();
    fixtures = await arrange(api);
  }, START_MS);
  afterAll(() => api.close());

  const requestsTo = (operation: Operation) => {
    const { description } = api;
    const schema = jsonSchemaOf(operation);
    const example = exampleBodyOf(operation, description);
    const known = pathOf(operation.path, fixtures);
    const names = [...operation.path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name ?? '');
    const path = fc.record(
      Object.fromEntries(
        names.map((name) => [
          name,
          fc.oneof(fc.constant(known[name] ?? 'x'), fc.constant(known[name] ?? 'x'), pathText),
        ]),
      ),
      { noNullPrototype: true },
    );
    return fc.record(
      {
        path,
        query: queryOf(operation.parameters, description),
        ...(schema && { body: fc.oneof(valueOf(schema, description), fc.constant(example)) }),
      },
      { noNullPrototype: true },
    );
  };

  it(
    'is answered as described, and never by a failure of ours',
    async () => {
      const failures: string[] = [];
      for (const operation of api.operations.filter(({ name }) => !SLOW.includes(name))) {
        const property = fc.asyncProperty(requestsTo(operation), async (request) => {
          const fault = faultOf(operation, await api.call(operation, request));
          if (fault !== undefined) throw new Error(fault);
        });
        const run = await fc.check(property, { numRuns: RUNS, seed: SEED });
        if (run.failed)
          failures.push(`${String(run.errorInstance)} after ${fc.stringify(run.counterexample)} (seed ${run.seed})`);
      }
      expect(failures).toEqual([]);
    },
    FUZZ_MS,
  );
});

function faultOf(operation: Operation, answer: Answer): string | undefined {
  const { status, text, type } = answer;
  const said = `${operation.name}: ${status} ${text}`;
  if (status >= 500) return said;
  if (!(String(status) in operation.responses)) return `${said} is not described`;
  const isPublic = operation.security.length === 0;
  if (status >= 400 && !isPublic && type !== 'application/problem+json') return `${said} is no problem document`;
  return undefined;
}
