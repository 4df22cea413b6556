import type { Content } from '#libs/channels';
import { isJsonObject, jsonPointer, type Fault, type JsonObject, type JsonValue } from '#libs/core';
import type { RouteDefinition } from '../template-definition.js';

type Path = readonly (string | number)[];

export interface PlacedRoute {
  readonly route: RouteDefinition;
  /** Where the route stands in the request's body. */
  readonly path: Path;
  /** Where each of its accounts stands, in their order. */
  readonly accountPaths: readonly Path[];
}

const isTexts = (value: JsonValue | undefined): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

const isContent = (value: JsonValue | undefined): value is Content =>
  isJsonObject(value) && typeof value['kind'] === 'string';

const missing = (path: Path, field: string, message = `${field} is required`): Fault => ({
  pointer: jsonPointer(...path, field),
  code: 'missing_field',
  message,
});

/** What a route lacks although each of its fields has the right type. */
function gaps(route: JsonObject, path: Path): Fault[] {
  const { account, accounts, content } = route;
  const faults: Fault[] = [];
  if (account === undefined && accounts === undefined) {
    faults.push(missing(path, 'account', 'account or accounts is required'));
  }
  if (account !== undefined && accounts !== undefined) {
    const message = 'give either account or accounts';
    faults.push({ pointer: jsonPointer(...path, 'accounts'), code: 'invalid_value', message });
  }
  if (!isJsonObject(content)) return faults;
  if (content['kind'] === undefined) faults.push(missing([...path, 'content'], 'kind'));
  else if (!isContent(content)) {
    const pointer = jsonPointer(...path, 'content', 'kind');
    faults.push({ pointer, code: 'wrong_type', message: 'kind must be a string' });
  }
  return faults;
}

function readRoute(route: JsonObject, path: Path): PlacedRoute | undefined {
  const { channel, account, accounts, content, options } = route;
  if (typeof channel !== 'string' || !isContent(content)) return undefined;
  const pool = isTexts(accounts) ? accounts : [];
  const single = typeof account === 'string' ? [account] : [];
  return {
    route: { channel, accounts: [...single, ...pool], content, options: isJsonObject(options) ? options : {} },
    path,
    accountPaths: [...single.map(() => [...path, 'account']), ...pool.map((_, index) => [...path, 'accounts', index])],
  };
}

/** Reads the routes of a body as far as they can be read; wrong types are told by the shape. */
export function readRoutes(
  values: JsonValue | undefined,
  base: Path,
): { readonly routes: PlacedRoute[]; readonly faults: Fault[] } {
  const objects = (Array.isArray(values) ? values : []).flatMap((value, index) =>
    isJsonObject(value) ? [{ value, path: [...base, index] }] : [],
  );
  return {
    routes: objects.map(({ value, path }) => readRoute(value, path)).filter((route) => route !== undefined),
    faults: objects.flatMap(({ value, path }) => gaps(value, path)),
  };
}
