// The browser tests need Chromium on the PATH, or CHROMIUM with its path.
import { spawnSync } from 'node:child_process';
import { say } from './prepare.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const find = () => NAMES.find((name) => works('sh', '-c', `command -v ${name}`));

function install() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env }).status === 0;
  const packages = ['install', '-y', '--no-install-recommends', 'chromium'];
  return apt(...packages) || (apt('update') && apt(...packages));
}

export function ensureChromium() {
  if (process.env.CHROMIUM || find() !== undefined) return;
  if (process.getuid?.() === 0 && works('apt-get', '--version')) {
    say('Chromium is not on the PATH: installing it …');
    if (install() && find() !== undefined) return;
  }
  say('The tests need Chromium: install it (e.g. apt-get install chromium) or set CHROMIUM to its path.');
  process.exit(1);
}
