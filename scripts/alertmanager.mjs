// One story of the end-to-end tests is told by a real Prometheus Alertmanager. Without it that story fails and says so.
import { existsSync } from 'node:fs';
import { install, mayInstall } from './apt.mjs';
import { say } from './prepare.mjs';

const PROGRAM = '/usr/bin/prometheus-alertmanager';

export function ensureAlertmanager() {
  if (existsSync(PROGRAM)) return;
  if (mayInstall()) {
    say(`${PROGRAM} is not there: installing it …`);
    if (install('prometheus-alertmanager') && existsSync(PROGRAM)) return;
  }
  say('The test with Alertmanager will fail: install prometheus-alertmanager (e.g. with apt-get).');
}
