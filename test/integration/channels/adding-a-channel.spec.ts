import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '#libs/testing';

const run = promisify(execFile);

const ROOT = join(import.meta.dirname, '../../..');
const PARTS = ['apps/api', 'apps/worker', 'libs', 'migrations', 'package.json', 'tsconfig.json', 'jest.config.js'];
const REGISTRY = 'libs/channels/registry.ts';
const PROOF = 'test/integration/channels/new-channel';
const TOO_LONG_MS = 150_000;

let copy: string;
let database: TestDatabase;

/** The documented files: a path in backquotes, then a block of code. */
function documentedFiles(page: string): ReadonlyMap<string, string> {
  const blocks = page.matchAll(/^`(libs\/[^`]+\.ts)`\n\n```ts\n([\s\S]*?)```$/gm);
  return new Map([...blocks].map(([, path, code]) => [path ?? '', code ?? '']));
}

/** The line that the page says to add, and the name it brings into the list. */
async function addToRegistry(page: string): Promise<void> {
  const line = /```ts\n(import \{ (\w+) \} from '\.\/[\w-]+\/index\.js';)\n```/.exec(page);
  if (!line?.[1] || !line[2]) throw new Error('The page no longer shows the registry line');
  const registry = await readFile(join(copy, REGISTRY), 'utf8');
  await writeFile(join(copy, REGISTRY), `${line[1]}\n${registry.replace(/(= \[)/, `$1${line[2]}, `)}`);
}

beforeAll(async () => {
  database = await startTestDatabase();
  copy = await mkdtemp(join(tmpdir(), 'hongyan-new-channel-'));
  for (const part of PARTS) await cp(join(ROOT, part), join(copy, part), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const page = await readFile(join(ROOT, 'docs/adding-a-channel.md'), 'utf8');
  for (const [path, code] of documentedFiles(page)) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), code);
  }
  await addToRegistry(page);
  await mkdir(join(copy, PROOF), { recursive: true });
  await cp(join(ROOT, PROOF, 'bulletin.proof.ts'), join(copy, PROOF, 'bulletin.spec.ts'));
}, TOO_LONG_MS);

afterAll(async () => {
  await rm(copy, { recursive: true, force: true });
  await database.stop();
});

/** Runs a program of the copy; answers its output, also when it fails. */
async function inCopy(args: readonly string[]): Promise<{ readonly ok: boolean; readonly output: string }> {
  const env = { ...process.env, PROOF_DATABASE_URL: database.url, NODE_OPTIONS: '' };
  try {
    const { stdout, stderr } = await run(process.execPath, [...args], { cwd: copy, env, maxBuffer: 1 << 26 });
    return { ok: true, output: stdout + stderr };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { ok: false, output: stdout + stderr };
  }
}

describe('docs/adding-a-channel.md', () => {
  it(
    'describes a channel that compiles, passes the contract suite, sends and recalls',
    async () => {
      const jest = [
        '--experimental-vm-modules',
        'node_modules/jest/bin/jest.js',
        'bulletin',
        '--selectProjects',
        'contract',
      ];
      const tests = await inCopy([...jest, 'contract', 'integration', '--maxWorkers=1']);
      expect(tests).toEqual({ ok: true, output: expect.stringMatching(/Test Suites: 2 passed, 2 total/) });
      const types = await inCopy(['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']);
      expect(types).toEqual({ ok: true, output: '' });
    },
    TOO_LONG_MS,
  );
});
