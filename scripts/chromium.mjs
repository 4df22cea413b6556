// The browser tests need Chromium on the PATH, or CHROMIUM with its path.
import { spawnSync } from 'node:child_process';
import { install, mayInstall } from './apt.mjs';
import { say } from './prepare.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const find = () => NAMES.find((name) => works('sh', '-c', `command -v ${name}`));

export function ensureChromium() {
  if (process.env.CHROMIUM || find() !== undefined) return;
  if (mayInstall()) {
    say('Chromium is not on the PATH: installing it …');
    if (install('chromium') && find() !== undefined) return;
  }
  say('The tests need Chromium: install it (e.g. apt-get install chromium) or set CHROMIUM to its path.');
  process.exit(1);
}
