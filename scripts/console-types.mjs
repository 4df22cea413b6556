// The types of the API for the console, made from its description.
import openapiTypescript, { astToString } from 'openapi-typescript';

export const CONSOLE_TYPES = 'apps/console/src/api/schema.d.ts';

const HEAD = '// Made from the description of the API: npm run docs\n\n';

/** What only machines call. */
const NOT_FOR_PEOPLE = /^\/(metrics|compat|v1\/callbacks)/;

/** Texts for readers: here they would only make differences. */
const PROSE = new Set(['description', 'summary', 'example', 'examples', 'title']);

function withoutProse(value, isNamed = false) {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => isNamed || !PROSE.has(key));
  // Below `properties` stand names of fields, which may be `title` or `description` as well.
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutProse(item, key === 'properties' && !isNamed)]));
}

/** Refusals all look the same: `ProblemDto`. */
function withoutRefusals(operation) {
  const responses = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith('2'));
  return { ...operation, responses: Object.fromEntries(responses) };
}

function forPeople(paths) {
  const kept = Object.entries(paths).filter(([path]) => !NOT_FOR_PEOPLE.test(path));
  return Object.fromEntries(
    kept.map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, withoutRefusals(operation)])),
    ]),
  );
}

export async function consoleTypes(document) {
  const described = withoutProse({ ...document, paths: forPeople(document.paths) });
  return HEAD + astToString(await openapiTypescript(described, { alphabetize: true, defaultNonNullable: false }));
}
