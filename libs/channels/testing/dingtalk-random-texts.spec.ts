import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutText, isJsonObject, sizeOf, type ClassOf, type JsonObject, type JsonValue } from '#libs/core';
import type { ChannelDefinition } from '../channel.js';
import { checkRendered, contentKindOf } from '../content.js';
import { dingtalkAppRobot } from '../dingtalk-app-robot/index.js';
import { dingtalkRobot } from '../dingtalk-robot/index.js';
import { dingtalkWork } from '../dingtalk-work/index.js';
import { fieldsOf, type FieldDescriptor } from '../fields.js';
import { makeDelivery } from './provider-call.fixture.js';

/** Emoji with joiners, right-to-left, four-byte characters, halves of surrogate pairs, quotes, and anything else. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom('👨‍👩‍👧‍👦', '𠮷', 'שלום', '\u202e', '\ud83d', '\udc00', '"', '\\', '\n', '{{x}}', '<@all>', '锟'),
      {
        maxLength: 1_200,
      },
    )
    .map((parts) => parts.join('')),
);

/** Numbers and colours: texts of a fixed form. */
const FIXED_FORM = /^(?:\d+|(?:0x)?[0-9A-F]{8})$/;

/** The example of a kind with every free text replaced by the next one of the list. */
function withTexts(type: ClassOf<object>, example: JsonObject, texts: Iterator<string>): JsonObject {
  const fields = new Map(fieldsOf(type).map((field) => [field.name, field]));
  const replaced = Object.entries(example).map(([name, value]) => [name, replace(fields.get(name), value, texts)]);
  return Object.fromEntries(replaced) as JsonObject;
}

function replace(field: FieldDescriptor | undefined, value: JsonValue, texts: Iterator<string>): JsonValue {
  const isFree = typeof value === 'string' && field?.type !== 'choice' && !FIXED_FORM.test(value);
  if (isFree) return String(texts.next().value);
  if (Array.isArray(value)) return value.map((entry) => replace(field, entry, texts));
  return isJsonObject(value) && field?.item ? withTexts(field.item(), value, texts) : value;
}

interface LimitedText {
  readonly field: FieldDescriptor;
  readonly text: string;
}

function limitedTexts(type: ClassOf<object>, body: JsonObject): LimitedText[] {
  return fieldsOf(type).flatMap((field): LimitedText[] => {
    const value = body[field.name];
    if (typeof value === 'string') return field.limit ? [{ field, text: value }] : [];
    const nested = Array.isArray(value) ? value : [value ?? null];
    const item = field.item?.();
    return item ? nested.filter(isJsonObject).flatMap((entry) => limitedTexts(item, entry)) : [];
  });
}

function* endless(texts: readonly string[]): Generator<string> {
  for (let index = 0; ; index += 1) yield texts[index % texts.length] ?? '';
}

interface Kind {
  readonly channel: ChannelDefinition;
  readonly type: ClassOf<object>;
  readonly kind: string;
}

const CHANNELS = [dingtalkRobot, dingtalkWork, dingtalkAppRobot] as readonly ChannelDefinition[];
const KINDS: readonly Kind[] = CHANNELS.flatMap((channel) =>
  channel.contents.map((type) => ({ channel, type, kind: contentKindOf(type).kind })),
);
const RUNS = { numRuns: 60 };

const bodyOf = ({ channel, kind }: Kind, content: JsonObject): string => {
  const addressees = [{ type: 'user', id: 'u_alice' }] as const;
  const delivery = makeDelivery({ content: { ...content, kind }, addressees });
  return JSON.stringify(channel.handler.buildBody(delivery, channel.sandbox.account));
};

/** Every text of a body, those of members that are JSON text themselves included. */
function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe.each(KINDS.map((kind) => [`${kind.channel.name} ${kind.kind}`, kind] as const))('%s', (_name, kind) => {
  const content = fc
    .array(anyText, { minLength: 1, maxLength: 8 })
    .map((texts) => withTexts(kind.type, contentKindOf(kind.type).example, endless(texts)));

  it('is refused, or is a well-formed request that says exactly what was given', () => {
    fc.assert(
      fc.property(content, (body) => {
        if (checkRendered(kind.type, body, []).length > 0) return;
        const sent = bodyOf(kind, body);
        expect(sent.isWellFormed()).toBe(true);
        const parsed = JSON.parse(sent) as JsonObject;
        const param = parsed['msgParam'];
        const carried = new Set(textsIn(typeof param === 'string' ? (JSON.parse(param) as JsonValue) : parsed));
        expect(textsIn(body).filter((text) => !carried.has(text))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is refused exactly when a text is above its limit, as far as lengths go', () => {
    fc.assert(
      fc.property(content, (body) => {
        const overlong = limitedTexts(kind.type, body).filter(
          ({ field: { limit }, text }) => limit && sizeOf(text, limit.unit) > limit.size,
        );
        const faults = checkRendered(kind.type, body, []).filter(
          ({ code, pointer }) => code === 'content_too_long' && !pointer?.endsWith('/btn_json_list'),
        );
        expect(faults).toHaveLength(overlong.length);
      }),
      RUNS,
    );
  });

  it('fits after a cut, which never splits a character', () => {
    fc.assert(
      fc.property(content, (body) => {
        for (const { field, text } of limitedTexts(kind.type, body)) {
          if (!field.limit) continue;
          const cut = cutText(text, field.limit);
          expect(sizeOf(cut, field.limit.unit)).toBeLessThanOrEqual(field.limit.size);
          if (text.isWellFormed()) expect(cut.isWellFormed()).toBe(true);
        }
      }),
      RUNS,
    );
  });
});
