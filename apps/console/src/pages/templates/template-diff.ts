/** One field that differs between two versions. */
export interface Difference {
  /** Path as it is read: `routes.1.content.title`. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

const NOT_CONTENT = new Set([
  'version',
  'latestVersion',
  'publishedVersion',
  'createdAt',
  'updatedAt',
  'enabled',
  'code',
]);

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (Array.isArray(value)) value.forEach((item, index) => flatten(item, `${path}.${index + 1}`, into));
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (path !== '' || !NOT_CONTENT.has(name)) flatten(item, path === '' ? name : `${path}.${name}`, into);
    }
  } else if (isScalar(value) && value !== '') into.set(path, String(value));
}

/** Field by field, in the order in which they stand. */
export function differences(before: unknown, after: unknown): readonly Difference[] {
  const old = new Map<string, string>();
  const now = new Map<string, string>();
  flatten(before, '', old);
  flatten(after, '', now);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => {
      const [left, right] = [old.get(path), now.get(path)];
      return { path, ...(left !== undefined && { before: left }), ...(right !== undefined && { after: right }) };
    });
}

/** A text in three: what both begin with, what is different, what both end with. */
export function changedPart(text: string, other: string): readonly [string, string, string] {
  const [own, theirs] = [[...text], [...other]];
  const most = Math.min(own.length, theirs.length);
  let start = 0;
  while (start < most && own[start] === theirs[start]) start += 1;
  let end = 0;
  while (end < most - start && own[own.length - 1 - end] === theirs[theirs.length - 1 - end]) end += 1;
  const stop = own.length - end;
  return [own.slice(0, start).join(''), own.slice(start, stop).join(''), own.slice(stop).join('')];
}
