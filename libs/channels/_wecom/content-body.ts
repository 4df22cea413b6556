import type { ClassOf, JsonObject } from '#libs/core';
import { bodyOf, contentKindOf, type Content } from '../content.js';
import { inFieldOrder } from '../field-order.js';

/** `{msgtype, <msgtype>: …}`, the content's members in the order of the vendor's pages; nothing is added. */
export function contentBody(types: readonly ClassOf<object>[], content: Content): JsonObject {
  const type = types.find((candidate) => contentKindOf(candidate).kind === content.kind);
  const body = bodyOf(content);
  return { msgtype: content.kind, [content.kind]: type ? inFieldOrder(type, body) : body };
}
