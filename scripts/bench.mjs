// npm run bench: how fast, beside how fast a pipeline without features is on the same parts in the same minutes.
// -- --seconds N of one load (10)   --rounds N (3)   --queues redis,postgres   --workers N (2)   --json FILE   --quick
// -- --profile   where each process spends its time, instead of the table
// -- --backlog N   so many messages wait first: how they drain, and who waits behind them
import { endWithNpm, ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';
import { ensureRedis } from './redis.mjs';

requireNode();
endWithNpm();
ensureRedis();
ensureInstalled();
ensureBuilt();
const { runWithServers } = await import('./with-servers.mjs');
await runWithServers('../bench/main.ts');
