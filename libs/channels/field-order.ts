import { isJsonObject, type ClassOf, type JsonObject, type JsonValue } from '#libs/core';
import { shapeOf } from './field-variants.js';
import { fieldsOf, type FieldDescriptor } from './fields.js';

/**
 * The same body with its members in the order in which the class declares them, nested objects and lists included:
 * PostgreSQL's `jsonb` does not keep the order in which a template was written. Pure.
 */
export function inFieldOrder(type: ClassOf<object>, body: JsonObject): JsonObject {
  const fields = fieldsOf(shapeOf(type, body));
  const ordered: JsonObject = {};
  for (const field of fields) {
    const value = body[field.name];
    if (value !== undefined) ordered[field.name] = orderValue(field, value);
  }
  return { ...ordered, ...withoutFields(body, fields) };
}

function orderValue(field: FieldDescriptor, value: JsonValue): JsonValue {
  if (!field.item) return value;
  const type = field.item();
  if (Array.isArray(value)) return value.map((item) => (isJsonObject(item) ? inFieldOrder(type, item) : item));
  return isJsonObject(value) ? inFieldOrder(type, value) : value;
}

function withoutFields(body: JsonObject, fields: readonly FieldDescriptor[]): JsonObject {
  const declared = new Set(fields.map((field) => field.name));
  return Object.fromEntries(Object.entries(body).filter(([name]) => !declared.has(name)));
}
