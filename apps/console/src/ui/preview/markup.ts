/** Markup of a text, and where it is shown as its characters because the client does not know it. */
export interface Run {
  readonly text: string;
  readonly isBold?: boolean;
  readonly isItalic?: boolean;
  readonly isCode?: boolean;
  readonly href?: string;
  readonly image?: string;
  readonly tone?: string;
  readonly isMention?: boolean;
  /** The markup that is not shown. */
  readonly lost?: string;
}

export interface Block {
  readonly kind: 'text' | 'heading' | 'quote' | 'item' | 'code' | 'rule' | 'table';
  readonly level?: number;
  /** Of an item: what stands before it. */
  readonly mark?: string;
  readonly runs: readonly Run[];
  readonly rows?: readonly (readonly (readonly Run[])[])[];
}

type Features = ReadonlySet<string>;
type Style = Omit<Run, 'text' | 'lost'>;

interface Construct {
  readonly feature: string;
  readonly pattern: RegExp;
  /** The part that may hold further markup, and how it looks. */
  readonly read: (match: RegExpExecArray) => {
    readonly inner: string;
    readonly style: Style;
    readonly isPlain?: boolean;
  };
}

const INLINE: readonly Construct[] = [
  {
    feature: 'code',
    pattern: /`([^`\n]+)`/,
    read: ([, inner = '']) => ({ inner, style: { isCode: true }, isPlain: true }),
  },
  {
    feature: 'images',
    pattern: /!\[([^\]\n]*)\]\(([^)\s]+)\)/,
    read: ([, inner = '', image = '']) => ({ inner: inner || image, style: { image }, isPlain: true }),
  },
  {
    feature: 'links',
    pattern: /\[([^\]\n]+)\]\(([^)\s]+)\)/,
    read: ([, inner = '', href = '']) => ({ inner, style: { href } }),
  },
  {
    feature: 'bold',
    pattern: /\*\*(?!\s)([^*\n]+?)\*\*/,
    read: ([, inner = '']) => ({ inner, style: { isBold: true } }),
  },
  {
    feature: 'italic',
    pattern: /(?<![*\w])\*(?![\s*])([^*\n]+?)(?<!\s)\*(?!\*)/,
    read: ([, inner = '']) => ({ inner, style: { isItalic: true } }),
  },
  {
    feature: 'colours',
    pattern: /<font color="(info|comment|warning)">([\s\S]*?)<\/font>/,
    read: ([, tone = '', inner = '']) => ({ inner, style: { tone } }),
  },
  {
    feature: 'mentions',
    pattern: /<@([0-9A-Za-z_\-@.]+)>/,
    read: ([, who = '']) => ({ inner: `@${who}`, style: { isMention: true }, isPlain: true }),
  },
  {
    feature: 'anchors',
    pattern: /<a href="([^"\s]+)">(.*?)<\/a>/,
    read: ([, href = '', inner = '']) => ({ inner, style: { href }, isPlain: true }),
  },
  {
    feature: 'tones',
    pattern: /<div class="(gray|normal|highlight)">([\s\S]*?)<\/div>/,
    read: ([, tone = '', inner = '']) => ({ inner, style: { tone: `block-${tone}` } }),
  },
  { feature: 'tones', pattern: /<br\s*\/?>/, read: () => ({ inner: '\n', style: {}, isPlain: true }) },
];

/** In text that is not markdown only what its client knows is markup at all. */
const MARKDOWN = new Set(['code', 'images', 'links', 'bold', 'italic', 'colours']);

export function runsOf(text: string, features: Features, isMarkdown: boolean, style: Style = {}): readonly Run[] {
  const known = INLINE.filter(({ feature }) => features.has(feature) || (isMarkdown && MARKDOWN.has(feature)));
  const found = known
    .map((construct) => ({ construct, match: construct.pattern.exec(text) }))
    .filter((candidate): candidate is { construct: Construct; match: RegExpExecArray } => candidate.match !== null)
    .sort((left, right) => left.match.index - right.match.index)[0];
  if (!found) return text === '' ? [] : [{ text, ...style }];
  const { construct, match } = found;
  const before: readonly Run[] = match.index === 0 ? [] : [{ text: text.slice(0, match.index), ...style }];
  const after = runsOf(text.slice(match.index + match[0].length), features, isMarkdown, style);
  if (!features.has(construct.feature))
    return [...before, { text: match[0], ...style, lost: construct.feature }, ...after];
  const { inner, isPlain, style: own } = construct.read(match);
  const whole = { ...style, ...own };
  const runs = isPlain ? [{ text: inner, ...whole }] : runsOf(inner, features, isMarkdown, whole);
  return [...before, ...runs, ...after];
}

const HEADING = /^(#{1,6})\s+(.*)$/;
const QUOTE = /^>\s?(.*)$/;
const ITEM = /^\s*([-*+]|\d+\.)\s+(.*)$/;
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;
const ROW = /^\s*\|.*\|\s*$/;
const DIVIDER = /^\s*\|[\s:|-]+\|\s*$/;

/** Lines of markdown, read as the client reads them. */
class Reader {
  private readonly blocks: Block[] = [];
  private at = 0;

  constructor(
    private readonly lines: readonly string[],
    private readonly features: Features,
  ) {}

  read(): readonly Block[] {
    while (this.at < this.lines.length) {
      const line = this.lines[this.at] ?? '';
      const taken = this.fence(line) || this.table(line);
      if (!taken) {
        this.line(line);
        this.at += 1;
      }
    }
    return this.blocks;
  }

  private runs(text: string): readonly Run[] {
    return runsOf(text, this.features, true);
  }

  /** Lines that the client does not read as what they are stay lines of text. */
  private lost(lines: readonly string[], feature: string): void {
    for (const text of lines) this.blocks.push({ kind: 'text', runs: [{ text, lost: feature }] });
  }

  private fence(line: string): boolean {
    if (!line.startsWith('```')) return false;
    const end = this.lines.findIndex((candidate, index) => index > this.at && candidate.startsWith('```'));
    if (end < 0) return false;
    const inner = this.lines.slice(this.at + 1, end);
    if (this.features.has('fences'))
      this.blocks.push({ kind: 'code', runs: [{ text: inner.join('\n'), isCode: true }] });
    else this.lost(this.lines.slice(this.at, end + 1), 'fences');
    this.at = end + 1;
    return true;
  }

  private table(line: string): boolean {
    if (!ROW.test(line) || !DIVIDER.test(this.lines[this.at + 1] ?? '')) return false;
    let end = this.at;
    while (ROW.test(this.lines[end] ?? '')) end += 1;
    const rows = this.lines.slice(this.at, end);
    if (!this.features.has('tables')) this.lost(rows, 'tables');
    else {
      const cells = rows
        .filter((_, index) => index !== 1)
        .map((row) =>
          row
            .trim()
            .slice(1, -1)
            .split('|')
            .map((cell) => this.runs(cell.trim())),
        );
      this.blocks.push({ kind: 'table', runs: [], rows: cells });
    }
    this.at = end;
    return true;
  }

  private line(line: string): void {
    const heading = HEADING.exec(line);
    const quote = QUOTE.exec(line);
    const item = ITEM.exec(line);
    if (RULE.test(line)) {
      if (this.features.has('rules')) this.blocks.push({ kind: 'rule', runs: [] });
      else this.lost([line], 'rules');
    } else if (heading)
      this.known('headings', line, {
        kind: 'heading',
        level: heading[1]?.length ?? 1,
        runs: this.runs(heading[2] ?? ''),
      });
    else if (quote) this.known('quotes', line, { kind: 'quote', runs: this.runs(quote[1] ?? '') });
    else if (item) {
      const mark = /\d/.test(item[1] ?? '') ? (item[1] ?? '') : '•';
      this.known('lists', line, { kind: 'item', mark, runs: this.runs(item[2] ?? '') });
    } else this.plain(line);
  }

  private known(feature: string, line: string, block: Block): void {
    if (this.features.has(feature)) this.blocks.push(block);
    else this.lost([line], feature);
  }

  /** Where a line break is none, a line goes on in the one before it, and says so. */
  private plain(line: string): void {
    const before = this.blocks.at(-1);
    const last = this.lines[this.at - 1] ?? '';
    const joins =
      !this.features.has('breaks') && before?.kind === 'text' && last !== '' && line !== '' && !last.endsWith('  ');
    if (!joins) {
      this.blocks.push({ kind: 'text', runs: this.runs(line.trimEnd()) });
      return;
    }
    const runs = [...before.runs, { text: ' ↵ ', lost: 'breaks' }, ...this.runs(line.trimEnd())];
    this.blocks[this.blocks.length - 1] = { ...before, runs };
  }
}

export function blocksOf(text: string, features: Features): readonly Block[] {
  if (features.has('headings')) return new Reader(text.split('\n'), features).read();
  return [{ kind: 'text', runs: runsOf(text, features, false) }];
}

/** Markup that stands in the text and is not shown, by name. */
export function lostIn(text: string, features: Features): readonly string[] {
  const blocks = blocksOf(text, features);
  return [...new Set(blocks.flatMap(({ runs }) => runs.flatMap(({ lost }) => lost ?? [])))];
}

const DIRECTION = /([\u202A-\u202E\u2066-\u2069])/;

/** A text in pieces: marks that turn the direction of what follows are pieces of their own, named by their number. */
export function pieces(text: string): readonly { readonly text: string; readonly isMark: boolean }[] {
  return text
    .split(DIRECTION)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const isMark = DIRECTION.test(piece);
      return { text: isMark ? `U+${(piece.codePointAt(0) ?? 0).toString(16).toUpperCase()}` : piece, isMark };
    });
}
