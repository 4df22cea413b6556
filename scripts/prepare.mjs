// What has to be there before anything of ours can run. Plain Node, no dependencies: it works right after a clone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

// Any Node may run this file: the message about its age comes from here.
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const LEAST_NODE = [20, 19];
const BUILD_STAMP = join(ROOT, 'dist', '.built-from');
const SOURCES = [
  'apps',
  'libs',
  'migrations',
  'scripts/console.mjs',
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs a command to its end, its output on stderr: stdout belongs to the caller. Ends this process if it fails. */
function run(command, args) {
  const { status, signal, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (error) say(`${command}: ${error.message}`);
  if (status !== 0) process.exit(signal === 'SIGINT' ? 130 : (status ?? 1));
}

function npm(...args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) run(process.execPath, [cli, ...args]);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  say(`Node ${LEAST_NODE.join('.')} or newer is needed, this is ${process.versions.node}`);
  process.exit(1);
}

const PARENT_CHECK_MS = 250;

/**
 * npm passes SIGTERM on to its shell only, which ends and leaves this process behind. So when the shell is gone, the
 * signal is delivered here.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS);
  check.unref();
}

const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** A linked `node_modules` belongs to another checkout: an install here would empty it under that one's feet. */
const isLinked = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** npm writes `node_modules/.package-lock.json` at the end of an install. */
export function ensureInstalled() {
  if (isLinked(join(ROOT, 'node_modules'))) return;
  const installedAt = changedAt(join(ROOT, 'node_modules', '.package-lock.json'));
  if (installedAt >= changedAt(join(ROOT, 'package-lock.json')) && installedAt > 0) return;
  say('Installing dependencies …');
  npm('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error');
}

function* sourceFiles(path) {
  if (statSync(join(ROOT, path)).isFile()) return yield path;
  for (const name of readdirSync(join(ROOT, path)).sort()) {
    const isSource = name !== 'node_modules' && name !== 'dist' && !name.endsWith('.spec.ts');
    if (isSource) yield* sourceFiles(join(path, name));
  }
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((source) => [...sourceFiles(source)])) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Builds when a source differs from what the last build saw. */
export function ensureBuilt() {
  const hash = hashOfSources();
  if (existsSync(BUILD_STAMP) && readFileSync(BUILD_STAMP, 'utf8') === hash) return;
  say('Building …');
  npm('run', '--silent', 'build');
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(BUILD_STAMP, hash);
}
