import type { JsonObject } from '#libs/core';
import type { GivenTemplate } from './given.js';

/** What bad requests need that is there. */
export interface Context {
  readonly app: GivenTemplate;
  readonly robot: GivenTemplate;
  readonly draft: string;
  readonly disabled: string;
}

/** `code at pointer`, as the answer lists them. */
type FaultList = readonly string[];

export interface BadBody {
  readonly what: string;
  readonly body: (context: Context) => string | JsonObject;
  readonly status: number;
  readonly code: string;
  readonly faults?: FaultList;
  readonly headers?: Readonly<Record<string, string>>;
}

export const days = (count: number): string => new Date(Date.now() + count * 86_400_000).toISOString();
const to = (changes: JsonObject): ((context: Context) => JsonObject) => {
  return ({ app }) => app.message('x', { recipients: ['zhangsan'], ...changes });
};
const invalid = (what: string, changes: JsonObject, ...faults: string[]): BadBody => ({
  what,
  body: to(changes),
  status: 422,
  code: faults.length === 1 ? (faults[0]?.split(' ')[0] ?? '') : 'validation_failed',
  faults,
});

const DEEP = `{"template":${'['.repeat(5000)}${']'.repeat(5000)}}`;

const NO_OBJECTS: readonly BadBody[] = [
  { what: 'half a body', body: () => '{"template": "x"', status: 400, code: 'malformed_json' },
  { what: 'a body with a byte order mark', body: () => '\ufeff{}', status: 400, code: 'malformed_json' },
  { what: 'a list', body: () => '[{"template":"x"}]', status: 400, code: 'body_not_object' },
  { what: 'null', body: () => 'null', status: 400, code: 'body_not_object' },
  { what: 'JSON nested 5,000 deep', body: () => DEEP, status: 400, code: 'nesting_too_deep' },
  { what: 'a member twice', body: () => '{"template":"a","template":"b"}', status: 400, code: 'duplicate_member' },
  {
    what: 'another content type',
    body: () => 'template=x',
    status: 415,
    code: 'unsupported_media_type',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  },
  {
    what: 'more than 4 MiB',
    body: ({ app }) => app.message('x'.repeat(4 * 1024 * 1024), { recipients: ['zhangsan'] }),
    status: 413,
    code: 'payload_too_large',
  },
  {
    what: 'an idempotency key of 256 characters',
    body: to({}),
    status: 400,
    code: 'invalid_idempotency_key',
    headers: { 'idempotency-key': 'k'.repeat(256) },
  },
];

const BAD_TEXTS: readonly BadBody[] = [
  {
    what: 'NUL in a parameter',
    body: ({ app }) => `{"template":"${app.code}","recipients":["zhangsan"],"params":{"text":"a\\u0000b"}}`,
    status: 422,
    code: 'nul_character',
    faults: ['nul_character at /params/text'],
  },
  {
    what: 'half a surrogate pair in a recipient',
    body: ({ app }) => `{"template":"${app.code}","recipients":["\\ud800"],"params":{"text":"x"}}`,
    status: 422,
    code: 'lone_surrogate',
    faults: ['lone_surrogate at /recipients/0'],
  },
  {
    what: 'a parameter that every object has',
    body: ({ app }) => `{"template":"${app.code}","recipients":["zhangsan"],"params":{"text":"x","__proto__":"y"}}`,
    status: 422,
    code: 'reserved_name',
    faults: ['reserved_name at /params/__proto__'],
  },
];

const BAD_TEMPLATES: readonly BadBody[] = [
  invalid('an unknown template', { template: 'no-such-template' }, 'unknown_template at /template'),
  {
    what: 'a template that is not published',
    body: ({ draft }) => ({ template: draft, recipients: ['zhangsan'] }),
    status: 422,
    code: 'template_not_published',
    faults: ['template_not_published at /template'],
  },
  {
    what: 'a template that is switched off',
    body: ({ disabled }) => ({ template: disabled, recipients: ['zhangsan'] }),
    status: 422,
    code: 'template_disabled',
    faults: ['template_disabled at /template'],
  },
  invalid('a missing variable', { params: {} }, 'missing_variable at /params/text'),
  invalid('a channel without a route', { channel: 'wecom-robot' }, 'no_matching_route at /channel'),
  invalid('an account without a route', { account: 'nobody' }, 'no_matching_route at /account'),
];

const BAD_RECIPIENTS: readonly BadBody[] = [
  invalid('no recipients', { recipients: [] }, 'recipients_missing at /recipients'),
  invalid(
    '10,001 recipients',
    { recipients: Array.from({ length: 10_001 }, (_, index) => `u${index}`) },
    'too_many_recipients at /recipients',
  ),
  invalid(
    'separators and disguises in ids',
    { recipients: ['u1|u2', 'u1,u2', 'u1 u2', { user: '@all' }, { wecom: 'a|b' }, ''] },
    'invalid_recipient_id at /recipients/0',
    'invalid_recipient_id at /recipients/1',
    'invalid_recipient_id at /recipients/2',
    'invalid_recipient_id at /recipients/3/user',
    'invalid_recipient_id at /recipients/4/wecom',
    'invalid_recipient_id at /recipients/5',
  ),
  invalid(
    'recipients of no form',
    { recipients: [7, {}, { user: 'a', mobile: '138' }, { user: 'b', name: 'B' }, { all: false }] },
    'wrong_type at /recipients/0',
    'invalid_recipient at /recipients/1',
    'ambiguous_recipient at /recipients/2/mobile',
    'unknown_field at /recipients/3/name',
    'invalid_recipient at /recipients/4',
  ),
  invalid(
    'one recipient with two sets of params',
    { recipients: ['zhangsan', { user: 'zhangsan', params: { text: 'y' } }] },
    'duplicate_recipient at /recipients/1',
  ),
  invalid('somebody of another vendor', { recipients: [{ dingtalk: 'x' }] }, 'recipient_unreachable at /recipients/0'),
  invalid(
    'bad personal params',
    { recipients: [{ user: 'a', params: { 'b-c': 'x' } }] },
    'invalid_parameter_name at /recipients/0/params/b-c',
  ),
];

const BAD_FIELDS: readonly BadBody[] = [
  invalid(
    'unknown fields, each one named',
    { status: 'sent', fence: 3, callerId: 'x', createdAt: days(0) },
    'unknown_field at /status',
    'unknown_field at /fence',
    'unknown_field at /callerId',
    'unknown_field at /createdAt',
  ),
  invalid(
    'wrong types, each one named',
    { recipients: 'zhangsan', params: [], businessKey: 7, delaySeconds: '60', metadata: 'x', priority: 1 },
    'wrong_type at /recipients',
    'wrong_type at /params',
    'wrong_type at /businessKey',
    'wrong_type at /delaySeconds',
    'wrong_type at /metadata',
    'invalid_value at /priority',
    'recipients_missing at /recipients',
  ),
  invalid('a priority that does not exist', { priority: 'urgent' }, 'invalid_value at /priority'),
  invalid('a business key of 201 characters', { businessKey: 'k'.repeat(201) }, 'invalid_length at /businessKey'),
  invalid('nested metadata', { metadata: { a: { b: 1 } } }, 'wrong_type at /metadata'),
  invalid('metadata of more than 4 KiB', { metadata: { a: 'x'.repeat(4096) } }, 'too_long at /metadata'),
  invalid('nested params', { params: { text: { a: 1 } } }, 'wrong_type at /params/text'),
  invalid(
    '257 params',
    { params: Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`p${index}`, 1])) },
    'too_many_parameters at /params',
  ),
  invalid('params of more than 64 KiB', { params: { text: 'x'.repeat(65_536) } }, 'parameters_too_large at /params'),
  invalid('a time and a delay', { sendAt: days(1), delaySeconds: 60 }, 'conflicting_fields at /delaySeconds'),
  invalid('a time without an offset', { sendAt: '2026-11-22T10:00:00' }, 'invalid_time at /sendAt'),
  invalid('a time 91 days ahead', { sendAt: days(91) }, 'too_far_ahead at /sendAt'),
  invalid('a message that has expired', { expireAt: days(-1) }, 'already_expired at /expireAt'),
  invalid(
    'a message that expires too soon',
    { sendAt: days(2), expireAt: days(1) },
    'expires_before_sending at /expireAt',
  ),
  {
    what: 'a mention that the kind cannot carry',
    body: ({ robot }) => robot.message('x', { recipients: [{ mobile: '13800000000' }] }),
    status: 422,
    code: 'mention_not_supported',
    faults: ['mention_not_supported at /recipients'],
  },
];

export const BAD_BODIES: readonly BadBody[] = [
  ...NO_OBJECTS,
  ...BAD_TEXTS,
  ...BAD_TEMPLATES,
  ...BAD_RECIPIENTS,
  ...BAD_FIELDS,
];
