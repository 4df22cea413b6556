/** Values of a message, by variable name. Only own properties count. */
export type Params = Readonly<Record<string, string | number | boolean>>;

/** A text cut at its placeholders: `literals[0] names[0] literals[1] … names[n-1] literals[n]`. */
export interface ParsedText {
  readonly literals: readonly string[];
  readonly names: readonly string[];
}

const TAG = /\{\{([A-Za-z0-9_.]{1,64})\}\}/;

/** Cuts a text at `{{name}}`. Anything else in braces stays literal. Linear in the length of the text. */
export function parsePlaceholders(text: string): ParsedText {
  const pieces = text.split(TAG);
  return {
    literals: pieces.filter((_, index) => index % 2 === 0),
    names: pieces.filter((_, index) => index % 2 === 1),
  };
}

/** The first thing in a text that looks like a tag and is no placeholder, e.g. `{{#if x}}` or `{{{name}}}`. */
export function findInvalidTag(text: string): string | undefined {
  const { literals } = parsePlaceholders(text);
  for (const [index, literal] of literals.entries()) {
    const start = literal.indexOf('{{');
    if (start >= 0) return literal.slice(start, start + 40);
    if (literal.endsWith('{') && index < literals.length - 1) return '{{{';
  }
  return undefined;
}

/** The value of a variable as text; a missing one is empty. */
export const valueOf = (params: Params, name: string): string =>
  Object.hasOwn(params, name) ? String(params[name]) : '';
