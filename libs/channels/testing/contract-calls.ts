import { describe, expect, it } from '@jest/globals';
import {
  AmbiguousDeliveryError,
  DeliveryError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  TokenRejectedError,
} from '#libs/core';
import { answerRows, echoing } from './contract-answers.js';
import type { ContractSubject } from './contract-harness.js';
import { everythingIn, ordinaryDelivery, outcomeOf, recallOnce, sendOnce, tokenOf } from './contract-outcomes.js';
import { TEST_HOSTS, TEST_NOW, makeCall } from './provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from './scripted-provider-http.js';

/** What a handler's calls must come to. */
export function describeCalls<Account extends object>(subject: ContractSubject<Account>): void {
  describe('a call', () => {
    describeOneCall(subject);
    describeAnswers(subject);
    describeWaits(subject);
    describeBrokenTransport(subject);
    describeSecrets(subject);
  });
  if (subject.definition.recall.supported) describeRecall(subject);
  if (subject.definition.fetchToken) describeToken(subject);
}

function describeOneCall<Account extends object>(subject: ContractSubject<Account>): void {
  const { definition, harness } = subject;

  it('is exactly one request to a host of the account', async () => {
    const http = new ScriptedProviderHttp(answer(harness.success));
    await definition.handler.send(makeCall(harness.account, http), ordinaryDelivery(subject));
    const hosts = http.requests.map(({ url }) => new URL(url).origin);
    expect(hosts).toHaveLength(1);
    expect(Object.values(TEST_HOSTS)).toContain(hosts[0]);
  });
}

function describeAnswers<Account extends object>(subject: ContractSubject<Account>): void {
  const { harness } = subject;
  const rows = answerRows(harness);

  it.each(rows.map((row) => [row.name, row] as const))('is judged by what is certain: %s', async (_name, row) => {
    const outcome = outcomeOf(await sendOnce(subject, row.response));
    if (row.outcome === 'refused') expect(['retry', 'permanent']).toContain(outcome);
    else expect(outcome).toBe(row.outcome);
  });

  it('uses an attempt when the vendor was busy', async () => {
    const result = await sendOnce(subject, answer(harness.refusal(harness.codes.busy, 'busy')));
    expect(result).toMatchObject({ error: { usesAttempt: true } });
  });
}

function describeWaits<Account extends object>(subject: ContractSubject<Account>): void {
  const waitOf = async (headers: Record<string, string>): Promise<number | undefined> => {
    const result = await sendOnce(subject, answer({ raw: '' }, 503, headers));
    if (!('error' in result) || !(result.error instanceof RateLimitedError)) throw new TypeError('no throttle');
    return result.error.retryAfterMs;
  };

  it.each([
    ['7', 7000],
    [new Date(TEST_NOW.getTime() + 9000).toUTCString(), 9000],
  ])('honours Retry-After: %s', async (header, waitMs) => {
    expect(await waitOf({ 'retry-after': header })).toBe(waitMs);
  });

  it('names no time when the gateway does not say how long, and at most an hour', async () => {
    expect(await waitOf({})).toBeUndefined();
    expect(await waitOf({ 'retry-after': '99999999' })).toBeLessThanOrEqual(3_600_000);
  });
}

function describeBrokenTransport<Account extends object>(subject: ContractSubject<Account>): void {
  it.each([
    new RetryableDeliveryError('connect_failed', 'refused', false),
    new AmbiguousDeliveryError('connection_lost', 'reset'),
  ])('passes on what the transport knows: %s', async (error) => {
    expect(await sendOnce(subject, error)).toEqual({ error });
  });
}

function describeSecrets<Account extends object>(subject: ContractSubject<Account>): void {
  const { harness } = subject;
  const planted = [...harness.secrets, tokenOf(subject), '203.0.113.7'].filter(Boolean);

  it.each(answerRows(harness).map((row) => [row.name, row] as const))('leaks nothing: %s', async (_name, row) => {
    const result = await sendOnce(subject, row.response);
    const shown = everythingIn('error' in result ? result.error : result.receipt);
    expect(planted.filter((secret) => shown.includes(secret))).toEqual([]);
  });

  it('leaks nothing when the vendor echoes every secret', async () => {
    const echoed = harness.refusal(harness.codes.content, echoing(planted));
    const result = await sendOnce(subject, answer(echoed));
    const shown = everythingIn('error' in result ? result.error : result.receipt);
    expect(planted.filter((secret) => shown.includes(secret))).toEqual([]);
  });
}

function describeRecall<Account extends object>(subject: ContractSubject<Account>): void {
  const { harness } = subject;

  describe('a recall', () => {
    it('is one request that the vendor confirms, and the question what it came too late for', async () => {
      const { http, error } = await recallOnce(subject, answer(harness.recalled ?? harness.success));
      expect(error).toBeUndefined();
      expect(http.requests).toHaveLength(1 + (harness.afterRecall?.length ?? 0));
    });

    it('ends in the reason when the vendor refuses', async () => {
      const { error } = await recallOnce(subject, answer(harness.refusal(harness.codes.content, 'no')));
      expect(error).toBeInstanceOf(PermanentDeliveryError);
    });

    it('is unclear when the answer cannot be read', async () => {
      const { error } = await recallOnce(subject, answer({ raw: '<html></html>' }));
      expect(error).toBeInstanceOf(AmbiguousDeliveryError);
    });
  });
}

function describeToken<Account extends object>({ definition, harness }: ContractSubject<Account>): void {
  const fetchWith = async (response: ReturnType<typeof answer>): Promise<unknown> => {
    const call = makeCall(harness.account, new ScriptedProviderHttp(response));
    return definition.fetchToken?.(call).catch((error: unknown) => error);
  };

  describe('a token', () => {
    it('is fetched with its lifetime', async () => {
      const { token } = harness;
      expect(token && (await fetchWith(answer(token.answer)))).toEqual({
        value: token?.value,
        expiresInSeconds: token?.expiresInSeconds,
      });
    });

    it('is asked for anew when a send is told that it is not valid', async () => {
      const code = harness.codes.token;
      expect(code).toBeDefined();
      const result = await sendOnce({ definition, harness }, answer(harness.refusal(code ?? 0, 'bad token')));
      expect(result).toMatchObject({ error: expect.any(TokenRejectedError) });
    });

    it.each([
      ['an unreadable answer', answer({ raw: '<html></html>' })],
      ['HTTP 502', answer({ raw: '' }, 502)],
      ['an answer without a token', answer({ [harness.codeField]: 0 })],
    ])('that could not be fetched never makes a message unclear: %s', async (_name, response) => {
      expect(await fetchWith(response)).toBeInstanceOf(RetryableDeliveryError);
    });

    it('that the vendor refuses says nothing of the secret', async () => {
      const echoed = harness.refusal(harness.codes.credentials, echoing(harness.secrets));
      const error = await fetchWith(answer(echoed));
      expect(error).toBeInstanceOf(DeliveryError);
      expect(harness.secrets.filter((secret) => everythingIn(error).includes(secret))).toEqual([]);
    });
  });
}
