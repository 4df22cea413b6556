import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

const GENERATED = new Set(['node_modules', 'dist', 'coverage', '.data', '.git']);

/** Files below a folder of the project, as paths from its root, without what is installed or built. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (GENERATED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [relative('.', path)];
  });
}

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Every text of the project that is neither documentation nor a picture. */
export const codeFiles = (): string[] =>
  filesBelow('.').filter(
    (path) => !path.startsWith('docs/') && /(\.(m?[jt]sx?|cjs|json|ya?ml|html|css)|file)$/i.test(path),
  );
