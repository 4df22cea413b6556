const BREAK = '\u200b';

/** How much of the text around a value can take part in a construct with it; longer than any construct below. */
export const CONTEXT_LENGTH = 16;

/**
 * What chat clients turn into something else than text: tags (`<a `, `</`, `<@`, `<font`), mentions of everybody,
 * markdown links, and the markers of headings, quotes and lists at the start of a line. The break belongs at the end of
 * each match; what stands behind it is only looked at, since it may begin the next construct.
 */
const ACTIVE = /<(?=a[\s>]|\/|@|font)|@(?=all|所有人)|\](?=\()|(?<![^\n\r\u2028\u2029])[ \t]{0,8}(?=[#>-])/gi;

/**
 * Makes a value safe to stand between `before` (the output so far, or its last 16 characters) and `after` (the literal that follows): a zero-width
 * space breaks every active construct that begins or ends in the value, so that the reader sees exactly the value.
 * Constructs that stand wholly in the template's own text are its author's wish and stay.
 */
export function breakActive(value: string, before: string, after: string): string {
  if (value === '') return value;
  const tail = before.slice(-CONTEXT_LENGTH);
  const text = tail + value + after.slice(0, CONTEXT_LENGTH);
  const end = tail.length + value.length;
  let written = tail.length;
  let result = '';
  for (const match of text.matchAll(ACTIVE)) {
    const position = match.index + match[0].length;
    if (position < tail.length || position > end) continue;
    result += text.slice(written, position) + BREAK;
    written = position;
  }
  return result + text.slice(written, end);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (value: string): string =>
  value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

/** Percent-encodes a value that stands inside an URL. A lone surrogate becomes U+FFFD. */
export const encodeInUrl = (value: string): string =>
  encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, percent);

/** Percent-encodes what would end a link's destination in markup; the URL stays the same URL. */
export const encodeDelimiters = (url: string): string => url.replace(/[\u0000-\u0020()<>"'\\]/g, percent);

const PERMITTED_LINK = /^(?:https?|dingtalk|eapp|mailto|tel):/i;

/** Whether a link is a whole URL of a scheme that may be sent. */
export const isPermittedLink = (url: string): boolean => PERMITTED_LINK.test(url) && URL.canParse(url);
