// npm run bench:data: how fast pages are with millions of messages behind them.
// -- --messages N (1000000)   --data FOLDER, kept between runs (.data/bench)   --requests N of each kind (30)   --json FILE
import { endWithNpm, ensureBuilt, ensureInstalled, requireNode } from './prepare.mjs';

requireNode();
endWithNpm();
ensureInstalled();
ensureBuilt();
const { runWithServers } = await import('./with-servers.mjs');
await runWithServers('../bench/data/main.ts');
