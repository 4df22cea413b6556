import { TableFileError } from './file-error.js';
import { FILE_LIMITS } from './file-limits.js';
import type { XlsxArchive } from './xlsx-archive.js';
import { XmlReader, type XmlEvents } from './xml-reader.js';

/** Largest of the small parts. */
const SMALL_PART_BYTES = 16 * 1024 * 1024;

export interface Workbook {
  /** Part that holds the wanted sheet. */
  readonly sheet: string;
  readonly sharedTexts: readonly string[];
  /** Whether a number in this style is a date, by index of the style. */
  readonly dateStyles: readonly boolean[];
  /** Days count from 1904, not from 1900. */
  readonly is1904: boolean;
}

/** What has to be known before the lines of a sheet make sense. @throws TableFileError */
export async function readWorkbook(archive: XlsxArchive, sheet: string | undefined): Promise<Workbook> {
  const sheets: { readonly name: string; readonly id: string }[] = [];
  let is1904 = false;
  await readPart(archive, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'sheet') sheets.push({ name: attributes['name'] ?? '', id: attributes['r:id'] ?? '' });
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
    },
  });
  const wanted = sheet === undefined ? sheets[0] : sheets.find(({ name }) => name === sheet);
  if (!wanted) {
    const names = sheets.map(({ name }) => name).join(', ');
    throw new TableFileError('sheet_not_found', `the workbook has no such sheet; it has: ${names}`);
  }
  return {
    sheet: await partOf(archive, wanted.id),
    sharedTexts: await readSharedTexts(archive),
    dateStyles: await readDateStyles(archive),
    is1904,
  };
}

async function readPart(
  archive: XlsxArchive,
  name: string,
  events: XmlEvents,
  maxBytes = SMALL_PART_BYTES,
): Promise<void> {
  const reader = new XmlReader(events);
  for await (const text of archive.texts(name, maxBytes)) reader.write(text);
}

async function partOf(archive: XlsxArchive, id: string): Promise<string> {
  const targets = new Map<string, string>();
  await readPart(archive, 'xl/_rels/workbook.xml.rels', {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target);
    },
  });
  const target = targets.get(id) ?? '';
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

const SHARED = 'xl/sharedStrings.xml';

/** Texts that cells refer to by number; how a word is pronounced (`rPh`) is no part of it. */
async function readSharedTexts(archive: XlsxArchive): Promise<readonly string[]> {
  if (!archive.has(SHARED)) return [];
  const texts: string[] = [];
  const state = { text: '', isText: false, isPhonetic: false, total: 0 };
  const events: XmlEvents = {
    open: (name) => {
      if (name === 'si') state.text = '';
      if (name === 'rPh') state.isPhonetic = true;
      if (name === 't') state.isText = !state.isPhonetic;
    },
    text: (text) => {
      if (state.isText) state.text += text;
    },
    close: (name) => {
      if (name === 't') state.isText = false;
      if (name === 'rPh') state.isPhonetic = false;
      if (name !== 'si') return;
      texts.push(state.text);
      state.total += state.text.length;
      if (state.total > FILE_LIMITS.sharedCharacters) {
        throw new TableFileError('file_too_large', 'the workbook holds too much text');
      }
    },
  };
  await readPart(archive, SHARED, events, FILE_LIMITS.partBytes);
  return texts;
}

const STYLES = 'xl/styles.xml';
/** Formats of dates and times that need no definition (ECMA-376 part 1, 18.8.30). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
const isDateCode = (code: string): boolean => /[ymdhs]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

async function readDateStyles(archive: XlsxArchive): Promise<readonly boolean[]> {
  if (!archive.has(STYLES)) return [];
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  let isInCells = false;
  await readPart(archive, STYLES, {
    open: (name, { formatCode = '', numFmtId = '' }) => {
      if (name === 'numFmt') own.set(Number(numFmtId), isDateCode(formatCode));
      if (name === 'cellXfs') isInCells = true;
      if (name === 'xf' && isInCells) styles.push(own.get(Number(numFmtId)) ?? isBuiltInDate(Number(numFmtId)));
    },
    close: (name) => {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return styles;
}
