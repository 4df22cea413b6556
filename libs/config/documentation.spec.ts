import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { VARIABLES, type Variable } from './variables.js';

const ROOT = join(import.meta.dirname, '..', '..');

const range = ({ min, max }: Variable): string => (min === undefined ? '' : `, ${min}–${max}`);
const typeText = (variable: Variable): string =>
  `${variable.values?.map((value) => `\`${value}\``).join(' ') ?? variable.type}${range(variable)}${variable.unit ? ` (${variable.unit})` : ''}`;
const row = (variable: Variable): string =>
  `| \`${variable.name}\` | ${typeText(variable)} | ${variable.default ? `\`${variable.default}\`` : '–'} | ${variable.description} |`;

describe('docs/configuration.md', () => {
  it('lists every variable with type, default and unit', async () => {
    const text = await readFile(join(ROOT, 'docs', 'configuration.md'), 'utf8');
    const rows = text.split('\n').filter((line) => /^\| `[A-Z]/.test(line));
    expect(rows.sort()).toEqual(VARIABLES.map(row).sort());
  });
});

describe('.env.example', () => {
  it('names declared variables only', async () => {
    const text = await readFile(join(ROOT, '.env.example'), 'utf8');
    const names = [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    const declared = new Set(VARIABLES.map(({ name }) => name));
    expect(names.filter((name) => !declared.has(name ?? ''))).toEqual(['POSTGRES_PASSWORD', 'REDIS_PASSWORD']);
  });
});
