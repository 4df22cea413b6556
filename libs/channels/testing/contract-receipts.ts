import { describe, expect, it } from '@jest/globals';
import { DeliveryError, RateLimitedError, TokenRejectedError, describeReason } from '#libs/core';
import type { ProviderResponse } from '../provider-http.js';
import type { FetchedReceipts } from '../receipts.js';
import { echoing } from './contract-answers.js';
import type { ContractSubject } from './contract-harness.js';
import { everythingIn, tokenOf } from './contract-outcomes.js';
import { TEST_NOW, makeCall } from './provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from './scripted-provider-http.js';

type Asked = { readonly receipts: FetchedReceipts } | { readonly error: unknown };

/** Older than any stage in which a vendor has to be asked whether it has begun. */
const HOUR_MS = 3_600_000;

async function askOnce<Account extends object>(
  { definition, harness }: ContractSubject<Account>,
  response: ProviderResponse | Error,
  before: readonly ProviderResponse[] = [],
): Promise<Asked> {
  const call = makeCall(harness.account, new ScriptedProviderHttp(...before, response), {
    token: tokenOf({ definition, harness }),
  });
  const sentAt = new Date(TEST_NOW.getTime() - HOUR_MS);
  const sent = { providerMsgId: '4711', addressees: harness.receipts?.addressees ?? [], sentAt };
  try {
    const receipts = await definition.handler.fetchReceipts?.(call, sent);
    return receipts ? { receipts } : { error: undefined };
  } catch (error) {
    return { error };
  }
}

/** What a channel that tells receipts must make of its vendor's answers. */
export function describeReceipts<Account extends object>(subject: ContractSubject<Account>): void {
  const { definition, harness } = subject;

  describe('receipts', () => {
    it('are supported exactly when the handler can fetch them, with the reason in both languages otherwise', () => {
      const { receipts } = definition;
      expect(definition.handler.fetchReceipts !== undefined).toBe(receipts.supported);
      expect(harness.receipts !== undefined).toBe(receipts.supported);
      if (receipts.supported) expect(receipts.windowSeconds).toBeGreaterThan(0);
      else for (const text of [receipts.why.zh, receipts.why.en]) expect(text.trim()).not.toBe('');
    });

    if (definition.receipts.supported) describeFetching(subject);
  });
}

function describeFetching<Account extends object>(subject: ContractSubject<Account>): void {
  const { harness } = subject;
  const refusal = (code: number | string, text = 'no') => answer(harness.refusal(code, text));

  it('say of each addressee what the vendor says, with listed reasons', async () => {
    const before = (harness.receipts?.before ?? []).map((body) => answer(body));
    const asked = await askOnce(subject, answer(harness.receipts?.answer ?? {}), before);
    const told = 'receipts' in asked ? asked.receipts.recipients : [];
    const states = told.map(({ addressee, state }) => [`${addressee?.type}:${addressee?.id}`, state]);
    expect(Object.fromEntries(states)).toEqual(harness.receipts?.states);
    for (const receipt of told) {
      if ('reason' in receipt) expect(describeReason(receipt.reason)?.code).toBe(receipt.reason);
    }
  });

  it('say nothing of an addressee whom the answer does not name', async () => {
    expect(await askOnce(subject, answer(harness.receipts?.nothing ?? {}))).toEqual({
      receipts: { done: false, recipients: [] },
    });
  });

  it.each([
    ['a throttle', refusal(harness.codes.rate), RateLimitedError],
    ['an expired token', refusal(harness.codes.token ?? 0), TokenRejectedError],
    ['an internal error', refusal(harness.codes.busy), DeliveryError],
    ['an unreadable answer', answer({ raw: '<html></html>' }), DeliveryError],
    ['HTTP 503', answer({ raw: '' }, 503), RateLimitedError],
  ])('are not told by %s', async (_name, response, kind) => {
    expect(await askOnce(subject, response)).toEqual({ error: expect.any(kind) });
  });

  it('leak no secret that the vendor echoes', async () => {
    const planted = [...harness.secrets, tokenOf(subject)].filter(Boolean);
    const asked = await askOnce(subject, refusal(harness.codes.content, echoing(planted)));
    const shown = everythingIn('error' in asked ? asked.error : asked.receipts);
    expect(planted.filter((secret) => shown.includes(secret))).toEqual([]);
  });
}
