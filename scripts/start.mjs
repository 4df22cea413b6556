// npm start: everything in one process, also as the first command after a clone.
import { endWithNpm, ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';

requireNode();
endWithNpm();
ensureInstalled();
ensureBuilt();
await import('../dist/apps/standalone/src/main.js');
