import type { Markup } from '../look.js';

/** Docs 90236, 91770: headings, bold, links, one-line code, one level of quotes, three colours. */
export const WECOM_MARKDOWN: readonly Markup[] = ['headings', 'bold', 'links', 'code', 'quotes', 'colours', 'breaks'];

/** Doc 99110: more than the older one, but no colours and no mentions. */
export const WECOM_MARKDOWN_V2: readonly Markup[] = [
  'headings',
  'bold',
  'italic',
  'links',
  'code',
  'fences',
  'quotes',
  'lists',
  'images',
  'tables',
  'rules',
  'breaks',
];
