import {
  AmbiguousDeliveryError,
  CredentialError,
  DeliveryError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  TokenRejectedError,
} from '#libs/core';
import type { OutboundDelivery, SendReceipt } from '../channel.js';
import { contentKindOf } from '../content.js';
import type { ContractOutcome, ContractSubject } from './contract-harness.js';
import { makeCall, makeDelivery, TEST_NOW, TEST_TOKEN } from './provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from './scripted-provider-http.js';
import type { ProviderResponse } from '../provider-http.js';

/** What a provider call came to: a receipt, or the error it threw. */
export type CallResult = { readonly receipt: SendReceipt } | { readonly error: unknown };

/** A message of the channel's first content kind, to the harness's addressees. */
export function ordinaryDelivery<Account extends object>(subject: ContractSubject<Account>): OutboundDelivery {
  const [type] = subject.definition.contents;
  if (!type) throw new TypeError(`${subject.definition.name} has no content kind`);
  const { kind, example } = contentKindOf(type);
  return makeDelivery({ content: { ...example, kind }, addressees: subject.harness.addressees });
}

/** The token of the subject's calls: empty where the channel has none. */
export const tokenOf = <Account extends object>({ definition }: ContractSubject<Account>): string =>
  definition.fetchToken ? TEST_TOKEN : '';

/** Sends the ordinary message to a provider that answers, or breaks, as arranged. */
export async function sendOnce<Account extends object>(
  subject: ContractSubject<Account>,
  scripted: ProviderResponse | Error,
  delivery: OutboundDelivery = ordinaryDelivery(subject),
): Promise<CallResult> {
  const call = makeCall(subject.harness.account, new ScriptedProviderHttp(scripted), { token: tokenOf(subject) });
  try {
    return { receipt: await subject.definition.handler.send(call, delivery) };
  } catch (error) {
    return { error };
  }
}

/** Takes a sent message back through a provider that answers as arranged. */
export async function recallOnce<Account extends object>(
  subject: ContractSubject<Account>,
  scripted: ProviderResponse,
): Promise<{ readonly http: ScriptedProviderHttp; readonly error?: unknown }> {
  const { addressees, account, afterRecall = [] } = subject.harness;
  const http = new ScriptedProviderHttp(scripted, ...afterRecall.map((body) => answer(body)));
  try {
    await subject.definition.handler.recall?.(makeCall(account, http), {
      providerMsgId: '4711',
      addressees,
      sentAt: TEST_NOW,
    });
    return { http };
  } catch (error) {
    return { http, error };
  }
}

const OUTCOMES: readonly (readonly [ContractOutcome, new (...args: never[]) => DeliveryError])[] = [
  ['retry', RetryableDeliveryError],
  ['rate', RateLimitedError],
  ['permanent', PermanentDeliveryError],
  ['credentials', CredentialError],
  ['token', TokenRejectedError],
  ['ambiguous', AmbiguousDeliveryError],
];

/** The outcome in the contract's words; anything outside the taxonomy is quoted. */
export function outcomeOf(result: CallResult): string {
  if ('receipt' in result) return 'sent';
  const known = OUTCOMES.find(([, type]) => result.error instanceof type);
  return known ? known[0] : `unexpected ${String(result.error)}`;
}

/** Our address is the one thing that not everybody may see: it stands in a member of its own. */
const withoutCallerIp = (name: string, value: unknown): unknown => (name === 'callerIp' ? undefined : value);

/** Everything an error or a receipt would show to everybody: fields, stack, and the chain of causes. */
export function everythingIn(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value) ?? '';
  const { cause, stack, ...fields } = { ...value, cause: value.cause, stack: value.stack };
  const shown = JSON.stringify(fields, withoutCallerIp);
  return [value.message, stack ?? '', shown, cause === undefined ? '' : everythingIn(cause)].join('\n');
}
