import type { JsonObject, JsonValue } from '#libs/core';
import type { ApiDescription, Operation, Schema } from './operations.js';

/** The example of a schema: its own, else put together from those of its parts. Undefined where it has none. */
export function exampleOf(schema: Schema, description: ApiDescription): JsonValue | undefined {
  const {
    additionalProperties,
    allOf,
    anyOf,
    default: byDefault,
    example,
    items,
    oneOf,
    properties,
  } = description.resolve(schema);
  if (example !== undefined) return example;
  if (byDefault !== undefined) return byDefault;
  if (allOf) return Object.assign({}, ...allOf.map((part) => exampleOf(part, description)));
  const [choice] = oneOf ?? anyOf ?? [];
  if (choice) return exampleOf(choice, description);
  if (items) {
    const item = exampleOf(items, description);
    return item === undefined ? [] : [item];
  }
  if (properties) {
    const members = Object.entries(properties).map(([name, part]) => [name, exampleOf(part, description)] as const);
    return Object.fromEntries(members.filter((member): member is [string, JsonValue] => member[1] !== undefined));
  }
  return additionalProperties ? {} : undefined;
}

/** The example of a call's body, as somebody copies it from the page. */
export function exampleBodyOf(operation: Operation, description: ApiDescription): JsonObject | undefined {
  const json = operation.body?.content['application/json'];
  if (!json) return undefined;
  return (json.example ?? exampleOf(json.schema, description)) as JsonObject | undefined;
}
