import { describe, expect, it } from '@jest/globals';
import { CHANNELS, contentKindOf } from '#libs/channels';
import { describeChannel } from './channel-catalogue.js';
import { FIELD_CONTROLS, type FieldAnswer } from './field-catalogue.js';

const answers = CHANNELS.map(describeChannel);

const allFields = (fields: readonly FieldAnswer[]): readonly FieldAnswer[] =>
  fields.flatMap((field) => [
    field,
    ...allFields(field.fields ?? []),
    ...allFields((field.variants ?? []).flatMap((variant) => variant.fields)),
  ]);

describe('the channel catalogue', () => {
  it('lists every channel once', () => {
    expect(new Set(answers.map((answer) => answer.name)).size).toBe(CHANNELS.length);
  });

  it.each(answers.map((answer) => [answer.name, answer] as const))(
    'labels everything of %s in both languages',
    (_, answer) => {
      const fields = [...answer.accountFields, ...answer.contentKinds.flatMap((kind) => kind.fields)];
      const labelled = [answer, ...answer.contentKinds, ...answer.limits, ...answer.options, ...allFields(fields)];
      for (const { label } of labelled)
        expect(label).toEqual({ zh: expect.stringMatching(/./), en: expect.stringMatching(/./) });
    },
  );

  it.each(answers.map((answer) => [answer.name, answer] as const))(
    'tells units with every limit of %s',
    (_, answer) => {
      const fields = allFields(answer.contentKinds.flatMap((kind) => kind.fields));
      for (const { limit } of fields.filter((field) => field.limit)) {
        expect(limit).toEqual({
          size: expect.any(Number),
          unit: expect.stringMatching(/^(bytes|characters)$/),
          onExcess: expect.stringMatching(/^(cut|refuse)$/),
        });
      }
    },
  );

  it('tells what a preview and a form need beside the fields', () => {
    for (const [index, { cardUpdates, contentKinds, media, recall, recallWindowSeconds, short }] of answers.entries()) {
      const channel = CHANNELS[index];
      expect(short.zh.length).toBeLessThanOrEqual(5);
      expect(recallWindowSeconds).toBe(recall.supported ? recall.windowSeconds : null);
      expect(media?.forms).toEqual(channel?.media?.forms);
      expect(cardUpdates?.kinds.length).toBe(channel?.cards?.contents.length);
      expect(cardUpdates?.codeSeconds).toBe(channel?.cards?.codeSeconds);
      expect(contentKinds.map(({ layout }) => layout)).toEqual(
        channel?.contents.map((type) => contentKindOf(type).layout ?? 'bubble'),
      );
    }
  });

  it('names a field that exists wherever one depends on another', () => {
    const check = (fields: readonly FieldAnswer[]): void => {
      for (const { fields: inner = [], variants = [], visibleWhen } of fields) {
        if (visibleWhen) expect(fields.map(({ name }) => name)).toContain(visibleWhen.field);
        for (const nested of [inner, ...variants.map((variant) => variant.fields)]) check(nested);
      }
    };
    for (const { cardUpdates, contentKinds } of answers) {
      for (const { fields } of [...contentKinds, ...(cardUpdates?.kinds ?? [])]) check(fields);
    }
  });

  it('gives every field a control, and tells media rules with their sizes', () => {
    const controls = answers.flatMap(({ accountFields, contentKinds }) =>
      allFields([...accountFields, ...contentKinds.flatMap(({ fields }) => fields)]).map(({ kind }) => kind),
    );
    expect(new Set(controls)).toEqual(new Set(FIELD_CONTROLS));
    for (const { maxBytes } of answers.flatMap(({ media }) => media?.rules ?? [])) expect(maxBytes).toBeGreaterThan(0);
  });

  it('survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(answers))).toEqual(answers);
  });

  it('marks at least one account field of every channel as secret', () => {
    for (const { accountFields } of answers) expect(accountFields.some((field) => field.secret)).toBe(true);
  });
});
