import { listOf, textOf, type JsonObject, type JsonValue } from '#libs/core';
import type { MergeContents } from './content.js';

/** What is missing travels in another message, before or after this one: the reader is told how many. */
const more = (left: number): string => `（另有 ${left} 条，另行发送）`;

/** The field's texts, a line each; when others travel in another message, a last line says how many. */
function joined(field: string, bodies: readonly JsonObject[], left: number): string {
  const lines = bodies.map((body) => textOf(body[field]));
  return [...lines, ...(left > 0 ? [more(left)] : [])].join('\n');
}

/** Joins contents that are one text, e.g. `{content}`, and the members of the lists that stand beside it, each once. */
export const joinTexts =
  (field: string, lists: readonly string[] = []): MergeContents =>
  (bodies, left) => {
    const together: Record<string, JsonValue> = { [field]: joined(field, bodies, left) };
    for (const name of lists) {
      const members = [...new Set(bodies.flatMap((body) => listOf(body[name])))];
      if (members.length > 0) together[name] = members;
    }
    return together;
  };

/** Joins contents that are a title and a text: the oldest one's title, with the number of those it stands for. */
export const joinTitledTexts =
  (title: string, field: string): MergeContents =>
  (bodies, left) => ({
    [title]: `${textOf(bodies[0]?.[title])}（${bodies.length + left} 条）`,
    // One line break joins lines of markdown, two keep them apart.
    [field]: bodies
      .map((body) => textOf(body[field]))
      .concat(left > 0 ? [more(left)] : [])
      .join('\n\n'),
  });
