import { InvalidArgumentError } from 'commander';
import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { fileText } from './session.js';
import { CommandFailure, EXIT } from './failures.js';

/** For options that may be given several times. */
export const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

/**
 * A recipient as the API takes it: `zhangsan` a person of the directory, `mobile:138…`, `all`, `department:12`, and with a
 * vendor's name in front its own ids: `<vendor>:zhangsan`, `<vendor>:department:12`.
 */
export function recipientOf(text: string): JsonValue {
  if (text === 'all') return { all: true };
  const [kind = '', ...rest] = text.split(':');
  const id = rest.join(':');
  if (!id) return text;
  const nested = /^(department|tag):(.+)$/u.exec(id);
  if (nested) return { [kind]: { [nested[1] ?? '']: nested[2] ?? '' } };
  return { [kind]: id === 'all' ? { all: true } : id };
}

/** `name=value`; true, false and plain numbers become what they look like. */
export function paramOf(text: string): readonly [string, JsonValue] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write name=value.');
  const value = text.slice(at + 1);
  if (value === 'true' || value === 'false') return [text.slice(0, at), value === 'true'];
  const isNumber = /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/u.test(value) && String(Number(value)) === value;
  return [text.slice(0, at), isNumber ? Number(value) : value];
}

/** @throws CommandFailure unless the file holds one JSON object. */
export async function jsonFile(path: string): Promise<JsonObject> {
  const text = await fileText(path);
  try {
    const value = JSON.parse(text) as JsonValue;
    if (isJsonObject(value)) return value;
  } catch {
    // Said below, as for any other text that is no object.
  }
  throw new CommandFailure(`${path}: one JSON object is expected`, EXIT.usage);
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** An instant, or how long ago: `15m`, `2h`, `7d`. */
export function instantOf(text: string): string {
  const ago = /^(\d{1,5})([mhd])$/u.exec(text);
  const time = ago ? Date.now() - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0) : Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('Write 2026-11-22T10:00:00+08:00, or 15m, 2h, 7d for ago.');
  return new Date(time).toISOString();
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}
