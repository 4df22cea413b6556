// Starts one built program in this process: node scripts/run.mjs dist/apps/api/src/main.js
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, endWithNpm, requireNode, say } from './prepare.mjs';

requireNode();
endWithNpm();
const [program = ''] = process.argv.splice(2, 1);
const file = join(ROOT, program);
if (!program || !existsSync(file)) {
  say(`${program || 'The program'} is not there. Install and build first: npm ci && npm run build`);
  process.exit(1);
}
await import(pathToFileURL(file).href);
