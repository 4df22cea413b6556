// npm run bench: how fast, beside how fast a pipeline without features is on the same parts in the same minutes.
import { endWithNpm, ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';
import { ensureRedis } from './redis.mjs';

requireNode();
endWithNpm();
ensureRedis();
ensureInstalled();
ensureBuilt();
const { runWithServers } = await import('./with-servers.mjs');
await runWithServers('../bench/main.ts');
