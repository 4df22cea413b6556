import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Program } from '../../test/faults/program.js';

const ROOT = join(import.meta.dirname, '..', '..');
const COMPILE = pathToFileURL(join(ROOT, 'scripts', 'typescript.mjs')).href;

/** One of the programs of this folder, such as `floor/api.ts`, compiled as it is loaded. */
export const startBenchProgram = (file: string, env: Readonly<Record<string, string>> = {}): Promise<Program> =>
  Program.run(['--import', COMPILE, join(ROOT, 'bench', file)], env);
