import { describe, expect, it } from '@jest/globals';
import { describeReason, validateShape, type LocalizedText } from '#libs/core';
import { bodyOf, checkRendered, checkStructure, contentKindOf, examplesOf } from '../content.js';
import { variantFieldOf } from '../field-variants.js';
import { RENDERED, fieldsOf } from '../fields.js';
import type { ContractSubject } from './contract-harness.js';

const expectBothLanguages = (text: LocalizedText): void => {
  expect(text.zh.trim()).not.toBe('');
  expect(text.en.trim()).not.toBe('');
};

/** What the catalogue, the console, the seeds and the docs read from a definition. */
export function describeMetadata<Account extends object>({ definition, harness }: ContractSubject<Account>): void {
  describe('metadata', () => {
    it('has a kebab-case name and labels in both languages', () => {
      expect(definition.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      const labelled = [definition, ...definition.options, ...definition.limits, ...fieldsOf(definition.account)];
      for (const { label } of labelled) expectBothLanguages(label);
      expectBothLanguages(definition.short ?? definition.label);
    });

    it('marks the secrets of its account and accepts the account of the harness and of the sandbox', () => {
      expect(fieldsOf(definition.account).some((field) => field.secret)).toBe(true);
      for (const account of [harness.account, definition.sandbox.account]) {
        expect(validateShape(definition.account, account, { groups: [RENDERED] }).faults).toEqual([]);
      }
    });

    it.each(definition.contents.map((type) => [contentKindOf(type).kind, type] as const))(
      'gives an example of %s that is valid as it stands, and labels for its fields',
      (_kind, type) => {
        const { label } = contentKindOf(type);
        for (const example of examplesOf(type)) {
          expect(checkStructure(type, example, [])).toEqual([]);
          expect(checkRendered(type, example, [])).toEqual([]);
        }
        for (const described of [{ label }, ...fieldsOf(type)]) expectBothLanguages(described.label);
      },
    );

    it.each(definition.contents.map((type) => [contentKindOf(type).kind, type] as const))(
      'tells previews what readers see of %s',
      (_kind, type) => {
        for (const shape of [type, ...Object.values(variantFieldOf(type)?.variants ?? {})]) {
          const shown = fieldsOf(shape).filter(({ media, part, variants }) => part ?? media ?? variants);
          expect(shown).not.toEqual([]);
          // Who writes markdown must be told which of it is shown.
          for (const { format, markup } of shown) expect(format === 'markdown' && !markup).toBe(false);
        }
      },
    );

    it('has a demo message that is never the same twice', () => {
      const { content } = definition.sandbox;
      const type = definition.contents.find((candidate) => contentKindOf(candidate).kind === content.kind);
      expect(type && checkStructure(type, bodyOf(content), [])).toEqual([]);
      expect(JSON.stringify(content)).toMatch(/\{\{time\}\}/);
      expect(JSON.stringify(content)).toMatch(/\{\{counter\}\}/);
      expect(definition.sandbox.recipients.length > 0).toBe(definition.addressing.to === 'people');
    });

    it('supports recall exactly when its handler can recall, and says why otherwise', () => {
      expect(definition.handler.recall !== undefined).toBe(definition.recall.supported);
      if (definition.recall.supported) expect(definition.recall.windowSeconds).toBeGreaterThan(0);
      else expectBothLanguages(definition.recall.why);
    });

    it('asks the vendor to drop repetitions only in its calls that are to ask', () => {
      const { repeatCheck } = definition;
      if (!repeatCheck) return;
      expect(repeatCheck.longestSeconds).toBeGreaterThan(0);
      expect(repeatCheck.asked({})).toBeUndefined();
    });

    it('has limits with different keys, of at least one call', () => {
      expect(new Set(definition.limits.map(({ key }) => key)).size).toBe(definition.limits.length);
      for (const { limit, windowSeconds } of definition.limits)
        expect(Math.min(limit, windowSeconds)).toBeGreaterThan(0);
    });
  });

  describe('error table', () => {
    const meanings = Object.entries(definition.errors).flatMap(([code, { cases = [], ...rule }]) => [
      [code, rule] as const,
      ...cases.map((other) => [`${code} ${other.reason}`, other] as const),
    ]);

    it.each(meanings)('explains %s in both languages, with a listed reason', (code, { class: kind, ...meaning }) => {
      expect(code).toMatch(/\S/);
      expectBothLanguages(meaning.text);
      expect(describeReason(meaning.reason)?.code).toBe(meaning.reason);
      if (kind === 'rate') expect(meaning.waitMs).toBeGreaterThan(0);
    });

    it.each(meanings.filter(([, { class: kind }]) => !['retry', 'unclear'].includes(kind)))(
      'says what to do about %s in both languages',
      (_code, { remedy }) => {
        expectBothLanguages(remedy ?? { zh: '', en: '' });
      },
    );

    it('tells the meanings of a code apart by the call or by words', () => {
      const cases = Object.values(definition.errors).flatMap((rule) => rule.cases ?? []);
      for (const { on, says } of cases) expect([on, says].filter((mark) => mark !== undefined)).toHaveLength(1);
    });
  });
}
