import { escapeHtml, Html } from './html.js';

/** Every rule works on text that is escaped already, so that nothing of a message becomes markup by accident. */
type Rule = readonly [RegExp, string];

const LINK: Rule = [
  /\[([^\]\n]+)\]\((https?:\/\/(?:(?!&[lg]t;)[^\s)*`])+)\)/g,
  '<span class="link" title="$2">$1</span>',
];
const ANCHOR: Rule = [
  /&lt;a href=&quot;(https?:\/\/(?:(?!&[lg]t;)\S)*?)&quot;&gt;(.*?)&lt;\/a&gt;/g,
  '<span class="link" title="$1">$2</span>',
];
const BOLD: Rule = [/\*\*([^*\n]+)\*\*/g, '<b>$1</b>'];
const ITALIC: Rule = [/\*([^*\n]+)\*/g, '<i>$1</i>'];
const CODE: Rule = [/`([^`\n]+)`/g, '<code>$1</code>'];
const FONT: Rule = [
  /&lt;font color=&quot;(info|comment|warning)&quot;&gt;(.*?)&lt;\/font&gt;/g,
  '<span class="tone-$1">$2</span>',
];
const MENTION: Rule = [/&lt;@([0-9A-Za-z_\-@.]+)&gt;/g, '<span class="mention">@$1</span>'];
const CARD_LINE: Rule = [
  /&lt;div class=&quot;(gray|normal|highlight)&quot;&gt;([\s\S]*?)&lt;\/div&gt;/g,
  '<div class="tone-$1">$2</div>',
];
const BREAK: Rule = [/&lt;br\s*\/?&gt;/g, '<br>'];

const apply = (escaped: string, rules: readonly Rule[]): string =>
  rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), escaped);

function markdownLine(line: string, rules: readonly Rule[], hasLists: boolean): string {
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading) return `<div class="h${heading[1]?.length ?? 1}">${apply(heading[2] ?? '', rules)}</div>`;
  const quote = /^&gt;\s?(.*)$/.exec(line);
  if (quote) return `<div class="quote">${apply(quote[1] ?? '', rules)}</div>`;
  const item = hasLists ? /^\s*(?:[-*+]|\d+\.)\s+(.*)$/.exec(line) : null;
  if (item) return `<div class="item">${apply(item[1] ?? '', rules)}</div>`;
  return `<div>${apply(line, rules) || '&nbsp;'}</div>`;
}

function markdown(text: string, rules: readonly Rule[], hasLists: boolean): Html {
  const lines = escapeHtml(text).split('\n');
  return new Html(lines.map((line) => markdownLine(line, rules, hasLists)).join(''));
}

/** Plain text as WeCom shows it: line breaks, `<a href>`, mentions. */
export const wecomText = (text: string): Html => new Html(apply(escapeHtml(text), [ANCHOR, MENTION]));

/** The markdown subset of WeCom: headings, bold, links, code, quotes, three colours; no lists. */
export const wecomMarkdown = (text: string): Html => markdown(text, [LINK, BOLD, CODE, FONT, MENTION], false);

/** The wider subset of robots (doc 99110): lists and italics; no colours and no mentions. */
export const wecomMarkdownV2 = (text: string): Html => markdown(text, [LINK, BOLD, ITALIC, CODE], true);

/** The markdown subset of DingTalk: headings, bold, links, quotes, lists. */
export const dingtalkMarkdown = (text: string): Html => markdown(text, [LINK, BOLD], true);

/** The description of a text card: three tones and line breaks. */
export const cardText = (text: string): Html => new Html(apply(escapeHtml(text), [CARD_LINE, BREAK]));
