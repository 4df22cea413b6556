// The Redis half of the suite needs redis-server on the PATH, or REDIS_URL.
import { spawnSync } from 'node:child_process';
import { say } from './prepare.mjs';

const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const isInstalled = () => works('redis-server', '--version');

function install() {
  // RUNLEVEL: the package does not start a server of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env }).status === 0;
  return (
    (apt('install', '-y', '--no-install-recommends', 'redis-server') ||
      (apt('update') && apt('install', '-y', '--no-install-recommends', 'redis-server'))) &&
    isInstalled()
  );
}

export function ensureRedis() {
  if (isInstalled()) return;
  if (process.env.REDIS_URL) {
    say(
      'redis-server is not on the PATH: the tests use REDIS_URL, databases 1 to 15; those that stop Redis will fail.',
    );
    return;
  }
  if (process.getuid?.() === 0 && works('apt-get', '--version')) {
    say('redis-server is not on the PATH: installing it …');
    if (install()) return;
  }
  say('The tests need Redis: install redis-server (e.g. apt-get install redis-server) or set REDIS_URL.');
  process.exit(1);
}
