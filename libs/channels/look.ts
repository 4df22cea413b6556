/**
 * What a reader sees of a field. Previews know nothing else: they draw parts, in the order that is usual for cards, and
 * never a vendor's fields. A field without a part is not seen (ids, keys), or is a group whose fields stand for themselves.
 *
 * Of texts: `notification` (in the list of conversations only), `source` (whom a card comes from), `title`, `subtitle`, `text`,
 * `author`, `attachments` (how many), `label` and `value` of a row, `figure` and its `caption` or `unit`, `footer` (what the
 * whole card opens), `button`, `replaced` (on a button that is used up), `option`, `fileName`, `seconds`, `milliseconds`.
 * Of choices and marks: `tone` (of a button, 1 to 4), `sideBySide`, `isSeveral`, `isChecked`, `firstIsLarge`, `id` of an option
 * and the one that is `chosen`, `colour` (ARGB), `mentions`, `miniProgram` (what the card opens instead of an address).
 * Of pictures: `cover`, `thumb` (beside a text).
 * Of objects and lists: `head` and `status` (bars on top), `menu`, `quote`, `emphasis` (a figure), `aside` (picture with text),
 * `rows`, `sections`, `select`, `question`, `options`, `buttons`, `footers`, `articles`.
 */
export const PREVIEW_PARTS = [
  'notification',
  'source',
  'title',
  'subtitle',
  'text',
  'author',
  'attachments',
  'label',
  'value',
  'figure',
  'caption',
  'unit',
  'footer',
  'button',
  'replaced',
  'option',
  'fileName',
  'seconds',
  'milliseconds',
  'tone',
  'sideBySide',
  'isSeveral',
  'isChecked',
  'firstIsLarge',
  'id',
  'chosen',
  'colour',
  'mentions',
  'miniProgram',
  'cover',
  'thumb',
  'head',
  'status',
  'menu',
  'quote',
  'emphasis',
  'aside',
  'rows',
  'sections',
  'select',
  'question',
  'options',
  'buttons',
  'footers',
  'articles',
] as const;
export type PreviewPart = (typeof PREVIEW_PARTS)[number];

/**
 * Markup that the vendor's clients show in a text; anything else is shown as its characters. `breaks`: a single line break
 * is one, else two blanks must stand beside it. `anchors`: `<a href>`; `tones`: `<div class>` and `<br>` of text cards.
 */
export const MARKUP = [
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
  'colours',
  'mentions',
  'anchors',
  'tones',
  'breaks',
] as const;
export type Markup = (typeof MARKUP)[number];
