import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ERROR_CATALOGUE, describeError } from './error-catalogue.js';
import { REASONS } from './reasons/index.js';

const ROOT = join(import.meta.dirname, '../..');
/** Programs that fail before there is an API to answer, and the fake of the vendors. */
const WITHOUT_ANSWERS =
  /^apps\/(sandbox|standalone|console)\/|^libs\/embedded-postgres\/|\/testing\/|\.spec\.ts$|\.dto\.ts$/;

const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path}`)
    .filter((path) => path.endsWith('.ts') && !path.includes('node_modules') && !WITHOUT_ANSWERS.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
);

/** Every code that one of the patterns finds, with a file that has it. */
function codesIn(...patterns: readonly RegExp[]): Map<string, string> {
  const found = sources.flatMap(({ path, text }) =>
    patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match): [string, string] => [match[1] ?? '', path])),
  );
  return new Map(found);
}

describe('the error catalogue', () => {
  it('lists every code that a fault or an error of the API carries', () => {
    const codes = codesIn(
      /\bcode: '([a-z_]+)',\s*message\b/g,
      /new (?:ConflictError|ForbiddenError|UnauthenticatedError)\(\s*'([a-z_]+)'/g,
      /new NotFoundError\([^;]*?,\s*'([a-z_]+)'\s*\)/g,
      /new ValidationError\([^;]*?,\s*'([a-z_]+)'\s*,?\s*\)/g,
      /\b(?:fault|queryFault|bodyFault)\([^;']*?'([a-z]+(?:_[a-z]+)+)'/g,
    );
    const missing = [...codes].filter(([code]) => !describeError(code));
    expect(codes.size).toBeGreaterThan(40);
    expect(missing).toEqual([]);
  });

  it('says each code in both languages, with a status that is an error', () => {
    for (const [code, { status, title }] of Object.entries(ERROR_CATALOGUE)) {
      expect([code, title.zh.length > 0, title.en.length > 0, status >= 400]).toEqual([code, true, true, true]);
    }
  });

  it('calls an error retryable only where waiting helps', () => {
    for (const { code, retryable, status } of Object.values(ERROR_CATALOGUE)) {
      expect([code, retryable && ![409, 429, 503].includes(status)]).toEqual([code, false]);
    }
  });

  it('does not take inherited members of an object for codes', () => {
    expect(describeError('constructor')).toBeUndefined();
  });
});

describe('the reason catalogue', () => {
  it('lists every reason with which a delivery, a recipient, an attempt or a recall ends or waits', () => {
    const codes = codesIn(
      /\bwaitFor\('([a-z_]+)'/g,
      /\bendAs\('[a-z]+', '([a-z_]+)'/g,
      /\b(?:recall_)?reason(?: =|:) '([a-z_]+)'/g,
      /new (?:Retryable|Permanent|Ambiguous)DeliveryError\(\s*'([a-z_]+)'/g,
      /new (?:RateLimitedError|CredentialError)\(\s*'([a-z_]+)'/g,
    );
    const known = new Set(REASONS.map(({ code }) => code));
    expect(codes.size).toBeGreaterThan(20);
    expect([...codes].filter(([code]) => !known.has(code))).toEqual([]);
  });
});
