import type { LocalizedText, SizeLimit } from '#libs/core';

/** Words in a table cell or a sentence: nothing in them is taken for markup. */
export const plain = (text: string): string => text.replace(/[|<>*_`\\]/g, (mark) => `\\${mark}`).replaceAll('\n', ' ');

/** A name as it is typed. */
export const code = (text: string | number): string => `\`${String(text).replaceAll('|', '\\|')}\``;

export const codes = (names: readonly (string | number)[]): string => names.map(code).join(', ');

/** English first, as on the whole page. */
export const both = ({ en, zh }: LocalizedText): string => (en === zh ? plain(en) : `${plain(en)} · ${plain(zh)}`);

export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

export const sizeText = ({ size, unit }: SizeLimit): string => `${grouped(size)} ${unit}`;

/** In the largest unit in which the number is whole; a day is 24 h. */
export function durationText(seconds: number): string {
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

export const bytesText = (size: number): string =>
  size >= 1_048_576 ? `${+(size / 1_048_576).toFixed(2)} MiB` : `${grouped(size)} bytes`;

/** Empty when there is nothing to list. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const filled = rows.map((cells) => cells.map((cell) => cell || '–'));
  return [columns, columns.map(() => '---'), ...filled].map(line).join('\n');
}

/** Paragraphs with a blank line between them; empty ones are left out. */
export const paragraphs = (...parts: readonly string[]): string => parts.filter(Boolean).join('\n\n');
