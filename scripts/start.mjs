// npm start: everything in one process, also as the first command after a clone.
import { ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
await import('../dist/apps/standalone/src/main.js');
