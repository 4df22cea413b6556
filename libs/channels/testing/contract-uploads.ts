import { describe, expect, it } from '@jest/globals';
import {
  DeliveryError,
  MediaRejectedError,
  PermanentDeliveryError,
  RateLimitedError,
  RetryableDeliveryError,
  TokenRejectedError,
  type ClassOf,
} from '#libs/core';
import { fieldsOf, type FieldDescriptor, type MediaKind } from '../fields.js';
import type { MediaFile, MediaSupport, UploadedMedia, UploadForm } from '../media.js';
import type { ProviderResponse } from '../provider-http.js';
import { echoing } from './contract-answers.js';
import type { ContractHarness, ContractSubject, UploadCase } from './contract-harness.js';
import { everythingIn, outcomeOf, sendOnce, tokenOf } from './contract-outcomes.js';
import { makeMediaFile } from './media-files.fixture.js';
import { makeCall, TEST_HOSTS, TEST_NOW } from './provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from './scripted-provider-http.js';

const MIB = 1024 * 1024;

type ErrorType = abstract new (...args: never[]) => DeliveryError;

interface Attempt {
  readonly http: ScriptedProviderHttp;
  readonly uploaded?: UploadedMedia;
  readonly error?: unknown;
}

/** How files get to the vendor. */
export function describeUploads<Account extends object>(
  subject: ContractSubject<Account>,
  media: MediaSupport<Account>,
): void {
  describe('an upload', () => {
    describeRules(subject, media);
    describeSuccess(subject, media);
    describeFailures(subject, media);
  });
}

function describeRules<Account extends object>({ definition }: ContractSubject<Account>, media: MediaSupport): void {
  it('has a rule for every kind that a message names by media id', () => {
    const used = definition.contents.flatMap((type) => mediaFieldsOf(type));
    const byId = used.filter(({ accepts }) => accepts?.includes('media_id')).map((field) => field.media);
    expect(byId.filter((kind) => !kind || !media.rules[kind])).toEqual([]);
    expect(media.forms).toContain('media_id');
  });

  it.each(Object.entries(media.rules))('takes %s of sensible sizes and formats', (_kind, rule) => {
    expect(rule.maxBytes).toBeGreaterThan(rule.minBytes ?? 0);
    expect(rule.maxBytes).toBeLessThanOrEqual(20 * MIB);
    expect((rule.formats ?? []).filter((format) => !/^[a-z0-9]+$/.test(format))).toEqual([]);
  });
}

function describeSuccess<Account extends object>(
  subject: ContractSubject<Account>,
  media: MediaSupport<Account>,
): void {
  const { harness } = subject;

  it.each(kindsOf(media))('of kind %s is one request that carries the file, and ends in its id', async (kind) => {
    const file = makeMediaFile(kind);
    const { answer: reply, value } = succeeding(harness, 'media_id');
    const { http, uploaded } = await uploadOnce(subject, { file, response: answer(reply) });
    const { lifetimeMs } = uploadsOf(harness);
    const end = lifetimeMs === undefined ? {} : { expiresAt: new Date(TEST_NOW.getTime() + lifetimeMs) };
    expect(uploaded).toEqual({ value, ...end });
    const { url, part } = await partIn(http);
    expect(Object.values(TEST_HOSTS)).toContain(url.origin);
    expect(url.searchParams.get('type')).toBe(kind);
    expect([part.name, part.type]).toEqual([file.fileName.replaceAll('"', "'"), file.contentType]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(file.bytes);
  });

  if (media.forms.includes('url')) {
    it('of a picture may end in an address that lasts', async () => {
      const { answer: reply, value } = succeeding(harness, 'url');
      const { uploaded } = await uploadOnce(subject, { response: answer(reply), form: 'url' });
      expect(uploaded).toEqual({ value });
    });

    it('of something else, or of a picture over 2 MB, never asks for an address', async () => {
      const large = makeMediaFile('image', { bytes: new Uint8Array(2 * MIB + 1) });
      for (const file of [makeMediaFile('file'), large]) {
        const { http, error } = await uploadOnce(subject, { file, form: 'url', response: answer({}) });
        expect(error).toBeInstanceOf(PermanentDeliveryError);
        expect(http.requests).toEqual([]);
      }
    });
  }
}

function describeFailures<Account extends object>(
  subject: ContractSubject<Account>,
  media: MediaSupport<Account>,
): void {
  const { harness } = subject;
  const uploads = uploadsOf(harness);
  const refused = (code: number): ProviderResponse => answer(uploads.refusal(code, echoing(harness.secrets)));
  const { busy, size, token } = uploads.codes;
  const cases: [string, ProviderResponse, ErrorType][] = [
    ['the vendor is busy', refused(busy), RetryableDeliveryError],
    ['the file is too large', refused(size), PermanentDeliveryError],
    ['a gateway is overloaded', answer({ raw: '' }, 503), RateLimitedError],
    ['a gateway fails', answer({ raw: '<html></html>' }, 502), RetryableDeliveryError],
    ['the file is too large for a gateway', answer({ raw: '' }, 413), RetryableDeliveryError],
    ['the answer is no JSON', answer({ raw: 'ok' }), RetryableDeliveryError],
    ['the answer holds no id', answer({ errcode: 0, errmsg: 'ok' }), RetryableDeliveryError],
    ['the code is text', answer({ ...succeeding(harness, 'media_id').answer, errcode: '0' }), RetryableDeliveryError],
  ];
  if (token !== undefined) cases.push(['the token is refused', refused(token), TokenRejectedError]);

  for (const form of media.forms) {
    it.each(cases)(`for a ${form} leaks nothing and is never unclear when %s`, async (_name, response, type) => {
      const { error } = await uploadOnce(subject, { response, form });
      expect(error).toBeInstanceOf(type);
      expect(error).not.toBeInstanceOf(MediaRejectedError);
      const shown = everythingIn(error);
      const planted = [...harness.secrets, tokenOf(subject), '203.0.113.7'].filter(Boolean);
      expect(planted.filter((secret) => shown.includes(secret))).toEqual([]);
    });
  }

  const { unknownMedia } = uploads;
  if (unknownMedia === undefined) return;
  it('that a message names in vain is told from other refusals', async () => {
    const result = await sendOnce(subject, answer(harness.refusal(unknownMedia, 'bad media_id')));
    expect(outcomeOf(result)).toBe('permanent');
    expect(result).toMatchObject({ error: expect.any(MediaRejectedError) });
  });
}

const kindsOf = (media: MediaSupport): MediaKind[] => Object.keys(media.rules) as MediaKind[];

/** The media fields of a content, nested ones included. */
const mediaFieldsOf = (type: ClassOf<object>): readonly FieldDescriptor[] =>
  fieldsOf(type).flatMap((field) => {
    const nested = field.item ? mediaFieldsOf(field.item()) : [];
    return field.type === 'media' && field.shortFor === undefined ? [field, ...nested] : nested;
  });

function uploadsOf<Account extends object>({ uploads }: ContractHarness<Account>): UploadCase {
  if (!uploads) throw new TypeError('The harness does not say how uploads are answered');
  return uploads;
}

function succeeding<Account extends object>(
  harness: ContractHarness<Account>,
  form: UploadForm,
): NonNullable<UploadCase['success'][UploadForm]> {
  const success = uploadsOf(harness).success[form];
  if (!success) throw new TypeError(`The harness does not say how an upload for a ${form} is answered`);
  return success;
}

async function uploadOnce<Account extends object>(
  subject: ContractSubject<Account>,
  { file, form = 'media_id', response }: { file?: MediaFile; form?: UploadForm; response: ProviderResponse },
): Promise<Attempt> {
  const { media } = subject.definition;
  if (!media) throw new TypeError(`${subject.definition.name} makes no uploads`);
  const [kind = 'file'] = kindsOf(media);
  const http = new ScriptedProviderHttp(response);
  const call = makeCall(subject.harness.account, http, { token: tokenOf(subject) });
  try {
    return { http, uploaded: await media.upload(call, file ?? makeMediaFile(kind), form) };
  } catch (error) {
    return { http, error };
  }
}

/** The file of the only request, read as any reader of the standard does. */
async function partIn({ requests }: ScriptedProviderHttp): Promise<{ readonly url: URL; readonly part: File }> {
  const [request] = requests;
  if (requests.length !== 1 || !request || typeof request.body !== 'object') throw new TypeError('no single upload');
  // The size beside the name is a vendor's own addition, which the standard reader does not know.
  const body = Buffer.from(
    Buffer.from(request.body)
      .toString('latin1')
      .replace(/; filelength=\d+/, ''),
    'latin1',
  );
  const form = await new Response(body, { headers: { ...request.headers } }).formData();
  const part = form.get('media');
  if (part === null || typeof part === 'string') throw new TypeError('no file part');
  expect([...form.keys()]).toEqual(['media']);
  return { url: new URL(request.url), part };
}
