import { ConflictError } from '#libs/core';

/** The `ETag` of a resource whose every change raises its version. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * Refuses a change to something that was changed since it was read. Without `If-Match`, or with `*`, the last writer wins.
 * @throws ConflictError `precondition_failed` (HTTP 412)
 */
export function requireMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (tags.includes(etagOf(version))) return;
  throw new ConflictError('precondition_failed', `The resource has changed: its ETag is ${etagOf(version)}`);
}
