import type { CpuProfile, ProfileNode } from './inspector.js';

export interface Share {
  readonly name: string;
  /** Of the time in which the process did anything, 0 to 1. */
  readonly share: number;
}

export interface ProfileSummary {
  /** Share of time in which the process did anything. */
  readonly busy: number;
  /** Own time by package, lib or module of Node. */
  readonly packages: readonly Share[];
  /** Own time. */
  readonly functions: readonly Share[];
  /** Functions of the product with everything that they call; asynchronous continuations count where they run. */
  readonly inclusive: readonly Share[];
}

const NOT_BUSY: readonly string[] = ['(idle)'];

/** Where a function comes from. */
export function packageOf(url: string, functionName: string): string {
  if (url.startsWith('node:'))
    return url.replace(/^node:internal\/([^/]+).*/, 'node:$1').replace(/^(node:[^/]+).*/, '$1');
  const packages = [...url.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)];
  const innermost = packages.at(-1)?.[1];
  if (innermost !== undefined) return innermost;
  const ours = /\/(?:dist\/)?((?:libs|apps|bench)\/[^/]+)/.exec(url)?.[1];
  return ours ?? (url === '' ? functionName || '(native)' : url);
}

function nameOf({ callFrame: { functionName, lineNumber, url } }: ProfileNode): string {
  const file = url.replace(/.*\/(?:dist|node_modules)\//, '').replace(/^file:\/\//, '');
  return url === '' ? functionName : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
}

const isOurs = (url: string): boolean => /\/dist\/(libs|apps)\/|\/bench\//.test(url);

function add(times: Map<string, number>, name: string, us: number): void {
  times.set(name, (times.get(name) ?? 0) + us);
}

function ownTimes({ samples, timeDeltas }: CpuProfile): Map<number, number> {
  const own = new Map<number, number>();
  samples.forEach((id, index) => own.set(id, (own.get(id) ?? 0) + (timeDeltas[index] ?? 0)));
  return own;
}

/** Adds up a tree: a function that calls itself counts once. */
function inclusiveTimes({ nodes }: CpuProfile, own: ReadonlyMap<number, number>): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const times = new Map<string, number>();
  const visit = (node: ProfileNode, above: ReadonlySet<string>): number => {
    const name = nameOf(node);
    const counts = isOurs(node.callFrame.url) && !above.has(name);
    const path = counts ? new Set([...above, name]) : above;
    const below = (node.children ?? []).reduce((sum, id) => {
      const child = byId.get(id);
      return sum + (child ? visit(child, path) : 0);
    }, 0);
    const total = (own.get(node.id) ?? 0) + below;
    if (counts) add(times, name, total);
    return total;
  };
  const [root] = nodes;
  if (root) visit(root, new Set());
  return times;
}

const largest = (times: ReadonlyMap<string, number>, busyUs: number, count: number): Share[] =>
  [...times]
    .map(([name, us]) => ({ name, share: us / Math.max(1, busyUs) }))
    .sort((a, b) => b.share - a.share)
    .slice(0, count);

export function summarise(profile: CpuProfile, count = 25): ProfileSummary {
  const own = ownTimes(profile);
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  let totalUs = 0;
  let busyUs = 0;
  for (const node of profile.nodes) {
    const us = own.get(node.id) ?? 0;
    const { functionName, url } = node.callFrame;
    totalUs += us;
    if (NOT_BUSY.includes(functionName)) continue;
    busyUs += us;
    add(packages, packageOf(url, functionName), us);
    add(functions, nameOf(node), us);
  }
  return {
    busy: busyUs / Math.max(1, totalUs),
    packages: largest(packages, busyUs, count),
    functions: largest(functions, busyUs, count),
    inclusive: largest(inclusiveTimes(profile, own), busyUs, 2 * count),
  };
}

const percent = (share: number): string => `${(share * 100).toFixed(1).padStart(5)} %`;

const listOf = (title: string, shares: readonly Share[]): string[] => [
  `  ${title}`,
  ...shares.filter(({ share }) => share >= 0.005).map(({ name, share }) => `  ${percent(share)}  ${name}`),
];

export function describeSummary(name: string, summary: ProfileSummary): string {
  return [
    `${name}: busy for ${percent(summary.busy).trim()} of the time; of that`,
    ...listOf('own time by package', summary.packages),
    ...listOf('own time by function', summary.functions),
    ...listOf('functions of ours with what they call', summary.inclusive),
  ].join('\n');
}
