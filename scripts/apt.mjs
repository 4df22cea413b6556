// Packages of the operating system that tests need, where they may be installed.
import { spawnSync } from 'node:child_process';

const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Whether this host takes packages from us: root, on Debian or its kin. */
export const mayInstall = () => process.getuid?.() === 0 && works('apt-get', '--version');

export function install(name) {
  // RUNLEVEL: the package does not start a server of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env }).status === 0;
  const get = () => apt('install', '-y', '--no-install-recommends', name);
  return get() || (apt('update') && get());
}
