// The Redis half of the suite needs redis-server on the PATH, or REDIS_URL.
import { spawnSync } from 'node:child_process';
import { install, mayInstall } from './apt.mjs';
import { say } from './prepare.mjs';

const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const isInstalled = () => works('redis-server', '--version');

export function ensureRedis() {
  if (isInstalled()) return;
  if (process.env.REDIS_URL) {
    say(
      'redis-server is not on the PATH: the tests use REDIS_URL, databases 1 to 15; those that stop Redis will fail.',
    );
    return;
  }
  if (mayInstall()) {
    say('redis-server is not on the PATH: installing it …');
    if (install('redis-server') && isInstalled()) return;
  }
  say('The tests need Redis: install redis-server (e.g. apt-get install redis-server) or set REDIS_URL.');
  process.exit(1);
}
