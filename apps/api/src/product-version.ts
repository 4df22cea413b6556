import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonObject } from '#libs/core';

/** The nearest package.json above this file: there is one more folder above the built code than above the sources. */
function findPackageFile(folder: string): string {
  const file = join(folder, 'package.json');
  return existsSync(file) || folder === dirname(folder) ? file : findPackageFile(dirname(folder));
}

function readVersion(): string {
  const described: unknown = JSON.parse(readFileSync(findPackageFile(import.meta.dirname), 'utf8'));
  return isJsonObject(described) && typeof described['version'] === 'string' ? described['version'] : '0.0.0';
}

/** Version of the product, as in package.json. */
export const PRODUCT_VERSION = readVersion();
