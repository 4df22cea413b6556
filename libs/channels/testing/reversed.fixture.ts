import { isJsonObject, type JsonValue } from '#libs/core';

/** The same value with the members of every object in the opposite order, as a database might give it back. */
export function reversed<Value extends JsonValue>(value: Value): Value;
export function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => reversed(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
