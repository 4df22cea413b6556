import type { JsonValue } from '#libs/core';
import type { ProviderResponse } from '../provider-http.js';
import type { ContractHarness, ContractOutcome } from './contract-harness.js';
import { answer } from './scripted-provider-http.js';

/** One answer of a vendor, or of something in between, and how the call must end. */
export interface AnswerRow {
  readonly name: string;
  readonly response: ProviderResponse;
  readonly outcome: ContractOutcome;
}

const HTML = { raw: '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>' };

/** A code that no table lists. */
const UNLISTED_CODE = 987_654_321;

/** The text of every refusal in the table: it echoes the secrets and our address, as vendors do. */
export const echoing = (secrets: readonly string[]): string => `refused ${secrets.join(' ')}, from ip: 203.0.113.7`;

/** About forty answers: success only by the body's code, everything else by what is certain. */
export function answerRows<Account extends object>(harness: ContractHarness<Account>): readonly AnswerRow[] {
  const rows = [...successRows(harness), ...garbledRows(harness), ...gatewayRows(harness), ...refusalRows(harness)];
  return rows.map((row) => ({ ...row, outcome: harness.outcomes?.[row.name] ?? row.outcome }));
}

const row = (name: string, response: ProviderResponse, outcome: ContractOutcome): AnswerRow => ({
  name,
  response,
  outcome,
});

function successRows<Account extends object>({ success }: ContractHarness<Account>): AnswerRow[] {
  return [
    row('the success of the sheet', answer(success), 'sent'),
    row('a success with an unknown field', answer({ ...success, brand_new: { a: [1] } }), 'sent'),
    row('a success with blanks around it', answer({ raw: `\n ${JSON.stringify(success)} \n` }), 'sent'),
  ];
}

function garbledRows<Account extends object>({ success, codeField }: ContractHarness<Account>): AnswerRow[] {
  const { [codeField]: _code, ...withoutCode } = success;
  const withCode = (value: JsonValue): ProviderResponse => answer({ ...success, [codeField]: value });
  const text = JSON.stringify(success);
  const garbled: Readonly<Record<string, ProviderResponse>> = {
    'an HTML page with HTTP 200': answer(HTML),
    'an empty body': answer({ raw: '' }),
    'a blank body': answer({ raw: '  \n' }),
    'the JSON value null': answer(null),
    'the JSON value true': answer(true),
    'the JSON value 0': answer(0),
    'a JSON string': answer('ok'),
    'a JSON list': answer([success]),
    'an empty object': answer({}),
    'the plain word ok': answer({ raw: 'ok' }),
    'the code as text': withCode('0'),
    'the code null': withCode(null),
    'the code false': withCode(false),
    'the code as empty text': withCode(''),
    'the code as a list': withCode([0]),
    'the code as an object': withCode({}),
    'no code': answer(withoutCode),
    'a body cut in the middle': answer({ raw: text.slice(0, Math.floor(text.length / 2)) }),
    'a body without its last character': answer({ raw: text.slice(0, -1) }),
    'a body with a page behind it': answer({ raw: `${text}${HTML.raw}` }),
    'a body with a warning before it': answer({ raw: `Warning: deprecated ${text}` }),
    'two bodies': answer({ raw: `${text}${text}` }),
    'NaN as the code': answer({ raw: `{"${codeField}":NaN}` }),
  };
  return Object.entries(garbled).map(([name, response]) => row(name, response, 'ambiguous'));
}

function gatewayRows<Account extends object>({ success, refusal, codes }: ContractHarness<Account>): AnswerRow[] {
  return [
    row('HTTP 500 with a page', answer(HTML, 500), 'ambiguous'),
    row('HTTP 502 with a page', answer(HTML, 502), 'ambiguous'),
    row('HTTP 504 with an empty body', answer({ raw: '' }, 504), 'ambiguous'),
    row('HTTP 500 with a success', answer(success, 500), 'ambiguous'),
    row('HTTP 502 with a refusal', answer(refusal(codes.content, 'no'), 502), 'ambiguous'),
    row('HTTP 429', answer(HTML, 429), 'rate'),
    row('HTTP 503', answer(HTML, 503), 'rate'),
    row('HTTP 503 with a success', answer(success, 503), 'rate'),
    row('a redirect', answer({ raw: '' }, 302, { location: 'https://elsewhere.example/' }), 'refused'),
    row('HTTP 403 with a page', answer(HTML, 403), 'refused'),
    row('HTTP 404 with a page', answer(HTML, 404), 'refused'),
  ];
}

function refusalRows<Account extends object>({ refusal, codes, secrets }: ContractHarness<Account>): AnswerRow[] {
  const text = echoing(secrets);
  const { token } = codes;
  return [
    row('the code for busy', answer(refusal(codes.busy, text)), 'retry'),
    row('the code for too many calls', answer(refusal(codes.rate, text)), 'rate'),
    row('a code for bad content', answer(refusal(codes.content, text)), 'permanent'),
    row('a code for bad credentials', answer(refusal(codes.credentials, text)), 'credentials'),
    row('a code that nobody lists', answer(refusal(UNLISTED_CODE, text)), 'permanent'),
    ...(token === undefined ? [] : [row('a code for a bad token', answer(refusal(token, text)), 'token')]),
  ];
}
