/** How a length is counted: bytes of the UTF-8 form, or characters (Unicode code points). */
export type SizeUnit = 'bytes' | 'characters';

export interface SizeLimit {
  readonly size: number;
  readonly unit: SizeUnit;
}

export const bytes = (size: number): SizeLimit => ({ size, unit: 'bytes' });
export const characters = (size: number): SizeLimit => ({ size, unit: 'characters' });

/** Length of a text in the given unit. A lone surrogate counts as the three bytes of U+FFFD. */
export function sizeOf(text: string, unit: SizeUnit): number {
  if (unit === 'bytes') return Buffer.byteLength(text, 'utf8');
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Cuts a text to a limit at a character boundary and ends it with `…`; a text within the limit is returned as it is. */
export function cutText(text: string, limit: SizeLimit): string {
  if (sizeOf(text, limit.unit) <= limit.size) return text;
  const room = limit.size - sizeOf('…', limit.unit);
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += sizeOf(character, limit.unit);
    if (used > room) break;
    kept += character;
  }
  return `${kept}…`;
}

export const hasNul = (text: string): boolean => text.includes('\u0000');
export const hasLoneSurrogate = (text: string): boolean => !text.isWellFormed();

/** The text as PostgreSQL can store it: NUL and halves of surrogate pairs become U+FFFD. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd');

export interface LocalizedText {
  readonly zh: string;
  readonly en: string;
}

export type Language = keyof LocalizedText;
