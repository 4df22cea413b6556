import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const FOLDER = join(import.meta.dirname, '../../dist/console');

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(FOLDER, '.vite/manifest.json'), 'utf8')) as Readonly<
  Record<string, Chunk>
>;

/** Bytes that travel; small files have no compressed copy. */
const sizeOf = (file: string): number =>
  readFileSync(join(FOLDER, existsSync(join(FOLDER, `${file}.gz`)) ? `${file}.gz` : file)).length;

/** A chunk with all that it cannot do without. */
function filesOf(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  chunk.css?.forEach((file) => seen.add(file));
  chunk.imports?.forEach((name) => filesOf(name, seen));
  return seen;
}

const kilobytes = (keys: readonly string[]): number => {
  const files = new Set(keys.flatMap((key) => [...filesOf(key)]));
  return [...files].reduce((sum, file) => sum + sizeOf(file), 0) / 1000;
};

const keysLike = (pattern: RegExp): string[] => Object.keys(manifest).filter((key) => pattern.test(key));
const [entry = ''] = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
const texts = 'src/texts/zh.json';

describe('the built console', () => {
  it('shows the sign-in after at most 150 kB', () => {
    expect(kilobytes([entry, texts])).toBeLessThanOrEqual(150);
  });

  it.each(keysLike(/^src\/pages\/.*-page\.tsx$/))('needs at most 450 kB for the first visit of %s', (page) => {
    expect(kilobytes([entry, texts, 'src/app/console.tsx', page])).toBeLessThanOrEqual(450);
  });

  it('keeps the charts in a file of their own', () => {
    const [chart = ''] = keysLike(/line-chart\.tsx$/);
    const overview = filesOf('src/pages/overview/overview-page.tsx');
    expect(overview.has(manifest[chart]?.file ?? '')).toBe(false);
  });
});
