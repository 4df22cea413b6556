// npm run check: format, lint, types, dependencies, unit and architecture tests. Two at a time; output of failures only.
// With --static without the tests, for whoever runs `npm test` anyway.
import { spawn } from 'node:child_process';
import { ROOT, ensureInstalled, requireNode } from './prepare.mjs';

requireNode();
ensureInstalled();

const bin = (path) => [process.execPath, `node_modules/${path}`];
const CHECKS = [
  { name: 'types', command: [...bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'types of the console', command: [...bin('typescript/bin/tsc'), '-p', 'apps/console/tsconfig.json'] },
  { name: 'lint', command: [...bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.'] },
  {
    name: 'tests',
    command: [
      process.execPath,
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--selectProjects',
      'unit',
      'architecture',
    ],
  },
  { name: 'format', command: [...bin('prettier/bin/prettier.cjs'), '--check', '.'] },
  {
    name: 'dependencies',
    command: [
      ...bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      'migrations',
    ],
  },
];

async function run({ name, command }) {
  const startedAt = performance.now();
  const [file, ...args] = command;
  const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
  if (code !== 0) process.stdout.write(`${Buffer.concat(output).toString()}\n`);
  return code === 0;
}

const isStatic = process.argv.includes('--static');
const waiting = CHECKS.filter(({ name }) => !isStatic || name !== 'tests');
const outcomes = [];
const lane = async () => {
  for (let check = waiting.shift(); check; check = waiting.shift()) outcomes.push(await run(check));
};
await Promise.all([lane(), lane()]);
process.exit(outcomes.every(Boolean) ? 0 : 1);
