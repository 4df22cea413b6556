import type { ClassOf, JsonObject } from '#libs/core';
import { bodyOf, contentKindOf, type Content } from '../content.js';
import { inFieldOrder } from '../field-order.js';

/** The content without `kind`, its members in the order of the vendor's samples. */
export function contentBody(contents: readonly ClassOf<object>[], content: Content): JsonObject {
  const type = contents.find((candidate) => contentKindOf(candidate).kind === content.kind);
  return type ? inFieldOrder(type, bodyOf(content)) : bodyOf(content);
}
