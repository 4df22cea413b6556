import { isAssetReference, type FieldFormat } from '#libs/channels';
import { CONTEXT_LENGTH, breakActive, encodeDelimiters, encodeInUrl, escapeHtml, isPermittedLink } from './escaping.js';
import { parsePlaceholders, valueOf, type ParsedText, type Params } from './placeholders.js';

/** A text of a template, ready to take values. */
export interface CompiledText {
  /** Names of its placeholders; empty: the text never changes. */
  readonly names: readonly string[];
  render(params: Params): string;
  /** Whether the values make a link of a scheme that is not permitted. */
  hasForbiddenLink(params: Params): boolean;
}

/** What is written so far, with its end at hand: looking back into a growing string would cost its whole length. */
class Output {
  text = '';
  private end = '';

  get tail(): string {
    return this.end;
  }

  add(piece: string): void {
    this.text += piece;
    this.end = (this.end + piece).slice(-CONTEXT_LENGTH);
  }
}

/** A stretch of a text that is written by one rule. */
interface Span {
  readonly names: readonly string[];
  write(params: Params, output: Output): void;
  isForbidden?(params: Params): boolean;
}

/** Formats in which a link can stand inside the text, and how its destination begins. */
const LINK_STARTS: Readonly<Partial<Record<FieldFormat, RegExp>>> = {
  text: /href\s{0,8}=\s{0,8}(["'])/gi,
  html: /href\s{0,8}=\s{0,8}(["'])/gi,
  markdown: /\]\(|href\s{0,8}=\s{0,8}(["'])/gi,
};

/** Cuts markup into what is shown and what is a link's destination, alternately; the first piece is shown. */
function splitLinks(text: string, linkStart: RegExp): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(linkStart)) {
    if (match.index < from) continue;
    const start = match.index + match[0].length;
    const close = text.indexOf(match[1] ?? ')', start);
    const end = close < 0 ? text.length : close;
    pieces.push(text.slice(from, start), text.slice(start, end));
    from = end;
  }
  return [...pieces, text.slice(from)];
}

type Escape = (value: string, before: string, after: string) => string;

const SHOWN: Readonly<Record<FieldFormat, Escape>> = {
  text: breakActive,
  markdown: breakActive,
  html: escapeHtml,
  url: encodeInUrl,
  plain: (value) => value,
  key: (value) => value,
};

function shownSpan({ literals, names }: ParsedText, escape: Escape): Span {
  const write = (params: Params, output: Output): void => {
    output.add(literals[0] ?? '');
    for (const [index, name] of names.entries()) {
      const after = literals[index + 1] ?? '';
      output.add(escape(valueOf(params, name), output.tail, after));
      output.add(after);
    }
  };
  return { names, write };
}

function textOf(spans: readonly Span[], params: Params): string {
  const output = new Output();
  for (const span of spans) span.write(params, output);
  return output.text;
}

/** The author gave the scheme, or a path: values cannot change where the link leads in kind. */
const fixesScheme = (literal: string): boolean => /[:/?#]/.test(literal);

function linkSpan(parsed: ParsedText, format: FieldFormat, isWhole = isPermittedLink): Span {
  const { literals, names } = parsed;
  const [name] = names;
  if (name !== undefined && names.length === 1 && literals.join('') === '') return wholeLink(name, format, isWhole);
  const span = shownSpan(parsed, encodeInUrl);
  if (name === undefined || fixesScheme(literals[0] ?? '')) return span;
  return { ...span, isForbidden: (params) => !isPermittedLink(textOf([span], params)) };
}

const EMBED: Readonly<Partial<Record<FieldFormat, (url: string) => string>>> = {
  text: encodeDelimiters,
  markdown: encodeDelimiters,
  html: (url) => escapeHtml(encodeDelimiters(url)),
};

/** A placeholder that is the whole link: its value stays an URL, or is made harmless where it is none. */
function wholeLink(name: string, format: FieldFormat, isWhole: (url: string) => boolean): Span {
  const embed = EMBED[format] ?? ((url) => url);
  return {
    names: [name],
    write: (params, output) => {
      const url = valueOf(params, name);
      output.add(isWhole(url) ? embed(url) : encodeInUrl(url));
    },
    isForbidden: (params) => {
      const url = valueOf(params, name);
      return url !== '' && !isWhole(url);
    },
  };
}

const isLinkOrAsset = (url: string): boolean => isPermittedLink(url) || isAssetReference(url);

export interface TextOptions {
  /** The field holds media: a link may be `asset:<id>` as well. */
  readonly mayBeAsset?: boolean;
}

function spansOf(text: string, format: FieldFormat, { mayBeAsset = false }: TextOptions): Span[] {
  if (format === 'url') return [linkSpan(parsePlaceholders(text), format, mayBeAsset ? isLinkOrAsset : undefined)];
  const linkStart = LINK_STARTS[format];
  const pieces = linkStart ? splitLinks(text, linkStart) : [text];
  return pieces.map((piece, index) =>
    index % 2 === 1 ? linkSpan(parsePlaceholders(piece), format) : shownSpan(parsePlaceholders(piece), SHOWN[format]),
  );
}

/** Compiles a template's text for a field of the given format. Linear in the length of the text. */
export function compileText(text: string, format: FieldFormat, options: TextOptions = {}): CompiledText {
  const spans = spansOf(text, format, options);
  return {
    names: [...new Set(spans.flatMap((span) => span.names))],
    render: (params) => textOf(spans, params),
    hasForbiddenLink: (params) => spans.some((span) => span.isForbidden?.(params) ?? false),
  };
}
