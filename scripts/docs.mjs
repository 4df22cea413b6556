// npm run docs: writes the documents that are made from the code.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CONSOLE_TYPES, consoleTypes } from './console-types.mjs';
import { ROOT, ensureBuilt, ensureInstalled, requireNode, say } from './prepare.mjs';

requireNode();
ensureInstalled();
ensureBuilt();

const built = (path) => import(pathToFileURL(join(ROOT, 'dist', path)).href);
const { CHANNELS } = await built('libs/channels/index.js');
const { channelsPage } = await built('libs/channels/document/channels-page.js');
const { describeApi } = await built('apps/api/src/openapi/describe-api.js');
const { loadConfig } = await built('libs/config/index.js');

/** Nothing is connected to. */
const config = loadConfig({
  DATABASE_URL: 'postgresql://127.0.0.1/unknown',
  HONGYAN_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
});

const documents = {
  'docs/channels.md': channelsPage(CHANNELS),
  [CONSOLE_TYPES]: await consoleTypes(await describeApi(config)),
};
for (const [target, text] of Object.entries(documents)) {
  writeFileSync(join(ROOT, target), text);
  say(`${target} is up to date`);
}
