import { XMLParser } from 'fast-xml-parser';
import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { CallbackRefusedError } from '../../callback.js';

/** Far above any callback; bounds the depth as well. */
const MOST_TAGS = 2_000;

/** What the vendor repeats; a single one is a list of one (doc 90968). */
const LISTS: ReadonlySet<string> = new Set(['SelectedItem', 'OptionId', 'Item']);

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: true,
  isArray: (name) => LISTS.has(name),
});

/**
 * The children of the `xml` element, texts as texts. Documents that declare a type or entities, or hide something in
 * comments, are refused unread; what stands in a CDATA section is text, whatever it looks like.
 * @throws CallbackRefusedError `malformed`
 */
export function parseCallbackXml(text: string): JsonObject {
  if (text.split('<', MOST_TAGS + 1).length > MOST_TAGS || declaresSomething(text)) malformed();
  const root = parsed(text)['xml'];
  return isJsonObject(root) ? root : malformed();
}

const CDATA = '<![CDATA[';
const CDATA_END = ']]>';

/** Whether anything but a CDATA section begins with `<!`. */
function declaresSomething(text: string): boolean {
  for (let at = text.indexOf('<!'); at !== -1;) {
    if (!text.startsWith(CDATA, at)) return true;
    const end = text.indexOf(CDATA_END, at);
    if (end === -1) return true;
    at = text.indexOf('<!', end);
  }
  return false;
}

function parsed(text: string): JsonObject {
  try {
    const document: unknown = parser.parse(text, true);
    return isJsonObject(document) ? document : {};
  } catch (cause) {
    if (cause instanceof Error) malformed();
    throw cause;
  }
}

function malformed(): never {
  throw new CallbackRefusedError('malformed');
}

/** A text element; empty when it is missing or holds elements. */
export const textIn = (parent: JsonObject, name: string): string => {
  const value = parent[name];
  return typeof value === 'string' ? value : '';
};

/** The elements of a list that stands in an element of its own. */
export function listIn(parent: JsonObject, wrapper: string, name: string): readonly JsonValue[] {
  const holder = parent[wrapper];
  const list = isJsonObject(holder) ? holder[name] : undefined;
  return Array.isArray(list) ? list : [];
}
