// npm run soak: constant load with mild faults for as long as you like; memory, handles, rows and backlog over time.
// -- --minutes N (10)   --rate MESSAGES_PER_SECOND (20)   --json FILE
import { endWithNpm, ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';
import { ensureRedis } from './redis.mjs';

requireNode();
endWithNpm();
ensureRedis();
ensureInstalled();
ensureBuilt();
const { runWithServers } = await import('./with-servers.mjs');
await runWithServers('../test/faults/soak/main.ts');
