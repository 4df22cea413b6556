import { contentKindOf, fieldsOf, shapeOf, type Content, type FieldDescriptor } from '#libs/channels';
import { isJsonObject, jsonPointer, type ClassOf, type Fault, type JsonObject, type JsonValue } from '#libs/core';
import { compileText, type CompiledText } from './compiled-text.js';
import type { Params } from './placeholders.js';

/** A content of a template, ready to take values. */
export interface CompiledContent {
  /** Names of its placeholders, each once. Empty: `render` gives the same frozen object every time. */
  readonly names: readonly string[];
  render(params: Params): Content;
  /** Values that would make a link of a scheme that is not permitted. */
  linkFaults(params: Params, base: readonly (string | number)[]): Fault[];
}

interface PlacedText {
  readonly path: readonly (string | number)[];
  readonly text: CompiledText;
}

/** A value with its placeholders; `write` is absent where there is none below it. */
interface Node<Value extends JsonValue = JsonValue> {
  readonly value: Value;
  readonly write?: (params: Params) => Value;
}

type Path = readonly (string | number)[];

/** Walks a content along the fields of its class and collects every text that holds a placeholder. */
class ContentCompiler {
  readonly texts: PlacedText[] = [];

  compileObject(type: ClassOf<object>, value: JsonObject, path: Path): Node<JsonObject> {
    const fields = new Map(fieldsOf(shapeOf(type, value)).map((field) => [field.name, field]));
    const members = Object.entries(value).map(
      ([name, member]) => [name, this.compileField(fields.get(name), member, [...path, name])] as const,
    );
    if (members.every(([, node]) => !node.write)) return { value };
    const write = (params: Params): JsonObject =>
      Object.fromEntries(members.map(([name, node]) => [name, node.write ? node.write(params) : node.value]));
    return { value, write };
  }

  private compileField(field: FieldDescriptor | undefined, value: JsonValue, path: Path): Node {
    if (typeof value === 'string') return this.compileString(field, value, path);
    if (Array.isArray(value)) return this.compileList(field, value, path);
    if (isJsonObject(value) && field?.item) return this.compileObject(field.item(), value, path);
    return { value };
  }

  private compileString(field: FieldDescriptor | undefined, value: string, path: Path): Node {
    const text = compileText(value, field?.format ?? 'plain', { mayBeAsset: field?.type === 'media' });
    if (text.names.length === 0) return { value };
    this.texts.push({ path, text });
    return { value, write: (params) => text.render(params) };
  }

  private compileList(field: FieldDescriptor | undefined, values: readonly JsonValue[], path: Path): Node {
    const nodes = values.map((value, index) => this.compileField(field, value, [...path, index]));
    const value = [...values];
    if (nodes.every((node) => !node.write)) return { value };
    return { value, write: (params) => nodes.map((node) => (node.write ? node.write(params) : node.value)) };
  }
}

function freeze<T extends JsonValue>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach((member: JsonValue) => freeze(member));
    Object.freeze(value);
  }
  return value;
}

/** Content without placeholders: final as it is. */
export function literalContent(content: Content): CompiledContent {
  const frozen = freeze(structuredClone(content));
  return { names: [], render: () => frozen, linkFaults: () => [] };
}

const forbiddenLink = (path: Path): Fault => ({
  pointer: jsonPointer(...path),
  code: 'link_forbidden',
  message: 'must become a whole link that begins with http:, https:, dingtalk:, eapp:, mailto: or tel:',
});

/** Compiles a content of the given class. The content's structure has been checked before. */
export function compileContent(type: ClassOf<object>, content: Content): CompiledContent {
  const compiler = new ContentCompiler();
  const { kind: _kind, ...body } = content;
  const { write } = compiler.compileObject(type, body, []);
  if (!write) return literalContent(content);
  const { kind } = contentKindOf(type);
  return {
    names: [...new Set(compiler.texts.flatMap(({ text }) => text.names))],
    render: (params) => ({ kind, ...write(params) }),
    linkFaults: (params, base) =>
      compiler.texts
        .filter(({ text }) => text.hasForbiddenLink(params))
        .map(({ path }) => forbiddenLink([...base, ...path])),
  };
}
