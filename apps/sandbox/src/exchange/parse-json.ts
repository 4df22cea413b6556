import type { JsonValue } from '#libs/core';

/** The parsed text, or undefined when it is not JSON: each vendor has its own answer to that. */
export function parsedJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
