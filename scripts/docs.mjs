// npm run docs: writes the documents that are made from the code.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, ensureBuilt, ensureInstalled, requireNode, say } from './prepare.mjs';

requireNode();
ensureInstalled();
ensureBuilt();

const built = (path) => import(pathToFileURL(join(ROOT, 'dist/libs/channels', path)).href);
const { CHANNELS } = await built('index.js');
const { channelsPage } = await built('document/channels-page.js');

const target = 'docs/channels.md';
writeFileSync(join(ROOT, target), channelsPage(CHANNELS));
say(`${target} is up to date`);
