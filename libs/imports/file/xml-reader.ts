import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { TableFileError } from './file-error.js';
import { FILE_LIMITS } from './file-limits.js';

export interface XmlEvents {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Longest run without a tag: a text in memory before anybody can look at it. */
const LONGEST_RUN = FILE_LIMITS.cellCharacters * 8;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads XML piece by piece, without namespaces; `next` is told after every piece. @throws TableFileError */
export class XmlReader {
  private readonly parser = new SaxesParser();
  private run = 0;

  constructor(events: XmlEvents) {
    this.parser.on('error', (error) => {
      throw new TableFileError('file_unreadable', `the workbook is damaged: ${error.message}`);
    });
    this.parser.on('doctype', () => {
      throw new TableFileError('file_unreadable', 'the workbook declares a document type');
    });
    this.parser.on('opentag', ({ attributes, name }: SaxesTagPlain) => events.open?.(localName(name), attributes));
    this.parser.on('closetag', ({ name }: SaxesTagPlain) => events.close?.(localName(name)));
    this.parser.on('text', (text) => events.text?.(text));
  }

  write(text: string): void {
    const last = text.lastIndexOf('<');
    const first = text.indexOf('<');
    const longest = first === -1 ? this.run + text.length : Math.max(this.run + first, longestBetween(text));
    if (longest > LONGEST_RUN) throw new TableFileError('cell_too_long', 'a cell of the workbook is too long');
    this.run = last === -1 ? this.run + text.length : text.length - last;
    this.parser.write(text);
  }
}

function longestBetween(text: string): number {
  if (text.length <= LONGEST_RUN) return 0;
  return text.split('<').reduce((longest, piece) => Math.max(longest, piece.length), 0);
}
