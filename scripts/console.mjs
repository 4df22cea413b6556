// Builds the web console into dist/console and puts a compressed copy beside each of its files.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { ROOT } from './prepare.mjs';

const COMPRESSIBLE = /\.(js|css|svg)$/;

await build({ configFile: join(ROOT, 'apps/console/vite.config.mjs'), logLevel: 'warn' });

const folder = join(ROOT, 'dist/console/assets');
for (const name of readdirSync(folder).filter((file) => COMPRESSIBLE.test(file))) {
  const content = readFileSync(join(folder, name));
  writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, { params: quality }));
}
