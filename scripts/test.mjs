// npm test: the whole suite, also as the first command after a clone. Arguments go to Jest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureAlertmanager } from './alertmanager.mjs';
import { ROOT, endWithNpm, ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureRedis } from './redis.mjs';

requireNode();
endWithNpm();
ensureRedis();
ensureAlertmanager();
ensureChromium();
ensureInstalled();
ensureBuilt();

const folder = mkdtempSync(join(tmpdir(), 'hongyan-results-'));
const results = join(folder, 'results.json');
const jest = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join('node_modules', 'jest', 'bin', 'jest.js'),
    '--maxWorkers=2',
    '--json',
    `--outputFile=${results}`,
    ...process.argv.slice(2),
  ],
  { cwd: ROOT, stdio: 'inherit' },
);
// Ctrl-C reaches Jest by itself. Its end is awaited, so that nothing of it is left behind.
process.on('SIGINT', () => undefined).on('SIGTERM', () => jest.kill('SIGTERM'));
const [status] = await once(jest, 'exit');

function printCounts() {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
    process.stdout.write(`${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed\n`);
  } catch {
    process.stderr.write('Jest ended without results.\n');
  }
}

printCounts();
rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 130);
