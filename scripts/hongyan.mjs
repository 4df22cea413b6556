#!/usr/bin/env node
// npx hongyan …: the command line. Installs and builds where that has not been done yet; says so on stderr.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';

const PROGRAM = join(ROOT, 'dist', 'apps', 'cli', 'src', 'main.js');

requireNode();
if (!existsSync(PROGRAM)) {
  ensureInstalled();
  ensureBuilt();
}
await import(pathToFileURL(PROGRAM).href);
