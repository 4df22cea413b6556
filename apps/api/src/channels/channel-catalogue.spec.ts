import { describe, expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import { describeChannel, type FieldAnswer } from './channel-catalogue.js';

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
        expect(limit).toEqual({ size: expect.any(Number), unit: expect.stringMatching(/^(bytes|characters)$/) });
      }
    },
  );

  it('survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(answers))).toEqual(answers);
  });

  it('marks at least one account field of every channel as secret', () => {
    for (const { accountFields } of answers) expect(accountFields.some((field) => field.secret)).toBe(true);
  });
});
