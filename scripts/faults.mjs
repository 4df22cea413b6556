// npm run faults: real processes, every fault of the catalogue, a table of what was lost and what came twice.
// -- --only F1,KP5   some of them;  --json FILE   the figures;  --lanes N   deployments side by side (3)
import { endWithNpm, ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';
import { ensureRedis } from './redis.mjs';

requireNode();
endWithNpm();
ensureRedis();
ensureInstalled();
ensureBuilt();
const { runWithServers } = await import('./with-servers.mjs');
await runWithServers('../test/faults/main.ts');
