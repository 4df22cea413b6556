import type { BackendCondition } from './dispatch-queue.js';

const OLDEST_VERSION = [6, 2] as const;

/** Share of `maxmemory` from which operators are warned: a full Redis does not even hand out jobs. */
const MEMORY_ALARM = 0.6;

/** Reads Redis's `INFO`: its version, its eviction policy and how full it is. */
export function conditionOf(info: string): BackendCondition {
  const fields = new Map(info.split(/\r?\n/).map((line) => splitField(line)));
  const reason = versionFault(fields) ?? evictionFault(fields) ?? memoryFault(fields);
  return reason === undefined ? { state: 'up' } : { state: 'degraded', reason };
}

type Fields = ReadonlyMap<string, string>;

function splitField(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1)];
}

function versionFault(fields: Fields): string | undefined {
  const version = fields.get('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = OLDEST_VERSION;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return `Redis ${version} is older than ${OLDEST_VERSION.join('.')}`;
}

function evictionFault(fields: Fields): string | undefined {
  const policy = fields.get('maxmemory_policy');
  if (policy === undefined || policy === 'noeviction') return undefined;
  return `Redis may drop jobs: maxmemory-policy is ${policy}, it must be noeviction`;
}

function memoryFault(fields: Fields): string | undefined {
  const limit = Number(fields.get('maxmemory') ?? 0);
  const used = Number(fields.get('used_memory') ?? 0);
  if (limit === 0 || used < limit * MEMORY_ALARM) return undefined;
  return `Redis uses ${Math.round((used / limit) * 100)} % of its maxmemory`;
}
