import { describe, expect, it } from '@jest/globals';
import { PermanentDeliveryError, type JsonObject, type JsonValue } from '#libs/core';
import { checkRendered, contentKindOf, examplesOf } from '../content.js';
import type { ContractSubject, RefusalCase } from './contract-harness.js';
import { ordinaryDelivery, sendOnce } from './contract-outcomes.js';
import { makeDelivery } from './provider-call.fixture.js';
import { answer } from './scripted-provider-http.js';

/** What travels, and to whom it did not. */
export function describeBodies<Account extends object>(subject: ContractSubject<Account>): void {
  const { definition, harness } = subject;

  describe('a body', () => {
    const examples = definition.contents.flatMap((type) =>
      examplesOf(type).map((example) => [contentKindOf(type).kind, example] as const),
    );

    it.each(examples)(
      'of %s is the same at every attempt, without nulls, and leaves its input alone',
      (kind, example) => {
        const delivery = deepFreeze(makeDelivery({ content: { ...example, kind }, addressees: harness.addressees }));
        const account = deepFreeze(structuredClone(harness.account));
        const first = JSON.stringify(definition.handler.buildBody(delivery, account));
        expect(JSON.stringify(definition.handler.buildBody(delivery, account))).toBe(first);
        expect(first).not.toContain(':null');
        expect(textsIn(example).filter((value) => !carries(first, value))).toEqual([]);
      },
    );

    const mergeable = definition.contents.filter((type) => contentKindOf(type).merge);

    it('is never joined with others unless they go to a group', () => {
      expect(definition.addressing.to === 'group' ? [] : mergeable).toEqual([]);
    });

    for (const type of mergeable) {
      const { example, kind, merge } = contentKindOf(type);
      it(`of several ${kind} joined holds every text of each, is valid, and says how many are missing`, () => {
        const second = secondOf(example);
        const joined = merge?.([example, second], 0) ?? {};
        expect(checkRendered(type, joined, [])).toEqual([]);
        const text = JSON.stringify(
          definition.handler.buildBody(makeDelivery({ content: { ...joined, kind } }), harness.account),
        );
        // A title is what a notification shows: the digest has one of its own, by the oldest of them.
        const long = [example, second]
          .flatMap(({ title: _, ...shown }) => textsIn(shown))
          .filter((value) => value.length > SHORT);
        expect(long.filter((value) => !carries(text, value))).toEqual([]);
        if (typeof example['title'] === 'string') expect(joined['title']).toContain(example['title']);
        expect(JSON.stringify(merge?.([example, second], 4711))).toContain('4711');
        const mentions = [{ type: 'user', id: 'chenwei' }] as const;
        const mentioning = definition.mention?.({ ...joined, kind }, mentions);
        if (mentioning) expect(definition.mention?.(mentioning, mentions)).toEqual(mentioning);
      });
    }

    it('does not hold a secret of the account', () => {
      const body = JSON.stringify(definition.handler.buildBody(ordinaryDelivery(subject), harness.account));
      expect(harness.secrets.filter((secret) => body.includes(secret))).toEqual([]);
    });
  });

  const { partial, total } = harness;
  if (partial) describePartialRefusal(subject, partial);
  if (total) describeTotalRefusal(subject, total);
}

function describePartialRefusal<Account extends object>(subject: ContractSubject<Account>, refusal: RefusalCase): void {
  it('reports the refused addressees of a call that went to the others', async () => {
    const delivery = { ...ordinaryDelivery(subject), addressees: refusal.addressees };
    const result = await sendOnce(subject, answer(refusal.answer), delivery);
    expect('receipt' in result).toBe(true);
    const refused = 'receipt' in result ? result.receipt.refused : [];
    const reasons = refused.map(({ addressee, reason }) => [`${addressee.type}:${addressee.id}`, reason]);
    expect(Object.fromEntries(reasons)).toEqual(refusal.refused);
  });
}

function describeTotalRefusal<Account extends object>(subject: ContractSubject<Account>, refusal: RefusalCase): void {
  it('reports every addressee when the vendor refuses them all', async () => {
    const delivery = { ...ordinaryDelivery(subject), addressees: refusal.addressees };
    const result = await sendOnce(subject, answer(refusal.answer), delivery);
    const error = 'error' in result ? result.error : undefined;
    expect(error).toBeInstanceOf(PermanentDeliveryError);
    const refused = error instanceof PermanentDeliveryError ? error.refused : [];
    expect(Object.fromEntries(refused.map(({ type, id, reason }) => [`${type}:${id}`, reason]))).toEqual(
      refusal.refused,
    );
  });
}

/** Titles and ids may be left out where contents are joined. */
const SHORT = 15;

const secondOf = (example: JsonObject): JsonObject =>
  JSON.parse(JSON.stringify(example), (_name, value: JsonValue) =>
    typeof value === 'string' ? `${value} — the second one` : value,
  ) as JsonObject;

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Whether a body holds the text, as it is or inside a member that is JSON text itself. */
const carries = (body: string, text: string): boolean =>
  body.includes(quoted(text)) || body.includes(quoted(quoted(text)));

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
