import { describe, expect, it } from '@jest/globals';
import { ERROR_CATALOGUE, REASONS, describeError } from '#libs/core';
import { filesBelow, textOf } from './project-files.js';

/** Codes of programs and notes, which no answer of the API carries. */
const NO_ERRORS_OF_THE_API = new Set(['content_cut', 'provider_busy']);
const API_FOLDERS = [
  'apps/api/src',
  ...[
    'accounts',
    'assets',
    'channels',
    'core',
    'directory',
    'imports',
    'messages',
    'queue',
    'security',
    'templates',
  ].map((lib) => `libs/${lib}`),
];

/** `code: 'x'` in an object, or `new SomethingError('x'`. */
const CODE = /(?:\bcode: |new (?:Conflict|Config|Forbidden|Body)Error\(\s*)'([a-z]+(?:_[a-z]+)*)'/g;

const rows = (heading: string): string[] => {
  const section = textOf('docs/errors.md').split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section.split('\n').filter((line) => line.startsWith('| `'));
};

describe('docs/errors.md', () => {
  it('lists every error code as the catalogue has it', () => {
    const expected = Object.values(ERROR_CATALOGUE).map(
      ({ code, status, retryable, title }) =>
        `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} | ${title.en} | ${title.zh} |`,
    );
    expect(rows('Codes')).toEqual(expected);
  });

  it('lists every reason as the catalogue has it', () => {
    const expected = REASONS.map(({ code, group, label }) => `| \`${code}\` | ${group} | ${label.en} | ${label.zh} |`);
    expect(rows('Reasons')).toEqual(expected);
  });
});

describe('the error catalogue', () => {
  it('knows every code that the API and its libraries use', () => {
    const files = API_FOLDERS.flatMap(filesBelow).filter(
      (path) => path.endsWith('.ts') && !/\.spec\.ts$|\/testing\/|\/reasons\//.test(path),
    );
    const unknown = files.flatMap((path) =>
      [...textOf(path).matchAll(CODE)]
        .map(([, code]) => code ?? '')
        .filter((code) => !describeError(code) && !NO_ERRORS_OF_THE_API.has(code))
        .map((code) => `${path}: ${code}`),
    );
    expect(unknown).toEqual([]);
  });
});
