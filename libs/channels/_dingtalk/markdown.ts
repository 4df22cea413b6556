import type { Markup } from '../look.js';

/** What the vendor's pages list for markdown and for cards; code, tables and colours are shown as their characters. */
export const DINGTALK_MARKDOWN: readonly Markup[] = [
  'headings',
  'bold',
  'italic',
  'links',
  'quotes',
  'lists',
  'images',
];
