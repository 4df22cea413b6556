import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, START_MS, startFoundation, WIDE_BODY_BYTES, type Foundation } from './start-foundation.js';

describe('the HTTP foundation', () => {
  let api: Foundation;
  beforeAll(async () => {
    api = await startFoundation();
  }, START_MS);
  afterAll(() => api.stop());

  const note = (body: string | Buffer, type = 'application/json') =>
    api.http.post('/v1/probe/notes').set('authorization', ADMIN).set('content-type', type).send(body);

  it('answers a good request with safe headers and the request id it was given', async () => {
    const answer = await note('{"text":"hi","count":1}').set('x-request-id', 'req-1');
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ text: 'hi', count: 1 });
    expect(answer.headers).toMatchObject({
      'x-request-id': 'req-1',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(answer.headers).not.toHaveProperty('x-powered-by');
  });

  it('replaces a request id that is not safe to log', async () => {
    const answer = await note('{"text":"hi","count":1}').set('x-request-id', 'a b"c');
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('names every fault of a body at once', async () => {
    const answer = await note('{"text":1,"isAdmin":true,"caller":"x"}');
    expect(answer.status).toBe(422);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ code: 'validation_failed', status: 422, retryable: false });
    const faults = (answer.body.errors as { pointer: string; code: string }[]).map(({ pointer, code }) => [
      pointer,
      code,
    ]);
    expect(faults).toEqual(
      expect.arrayContaining([
        ['/isAdmin', 'unknown_field'],
        ['/caller', 'unknown_field'],
        ['/text', 'wrong_type'],
        ['/count', 'missing_field'],
      ]),
    );
    expect(faults).toHaveLength(4);
  });

  it.each([
    ['malformed JSON', '{"text":', 400, 'malformed_json'],
    ['a list', '[]', 400, 'body_not_object'],
    ['null', 'null', 400, 'body_not_object'],
    ['a byte order mark', '\ufeff{"text":"hi","count":1}', 400, 'malformed_json'],
    ['the same member twice', '{"text":"a","text":"b","count":1}', 400, 'duplicate_member'],
    ['5,000 levels', `{"text":${'['.repeat(5000)}${']'.repeat(5000)}}`, 400, 'nesting_too_deep'],
    ['more than 256 KiB', `{"text":"${'x'.repeat(270_000)}","count":1}`, 413, 'payload_too_large'],
    ['NUL', String.raw`{"text":"a\u0000b","count":1}`, 422, 'nul_character'],
    ['a lone surrogate', String.raw`{"text":"a\ud800b","count":1}`, 422, 'lone_surrogate'],
    ['a reserved name', '{"text":"a","count":1,"__proto__":{}}', 422, 'reserved_name'],
  ])('refuses %s', async (_, body, status, code) => {
    const answer = await note(body);
    expect(answer.body).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const latin1 = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xe9]), Buffer.from('","count":1}')]);
    const answer = await api.http
      .post('/v1/probe/notes')
      .set('authorization', ADMIN)
      .set('content-type', 'application/json')
      .serialize((body: unknown) => body as string)
      .send(latin1);
    expect(answer.body).toMatchObject({ status: 400, code: 'malformed_json' });
  });

  it('names the place of an unsafe text', async () => {
    const answer = await note(String.raw`{"text":"a","count":1,"deep":{"list":[0,"\u0000"]}}`);
    expect(answer.body.errors).toEqual([expect.objectContaining({ pointer: '/deep/list/1', code: 'nul_character' })]);
  });

  it('accepts escapes that are ordinary text', async () => {
    const answer = await note(String.raw`{"text":"\u4f60\ud83d\ude00 \\\"constructor\\\"","count":1}`);
    expect(answer.status).toBe(201);
    expect(answer.body.text).toBe('你😀 \\"constructor\\"');
  });

  it('accepts only JSON', async () => {
    const answer = await note('text=hi', 'application/x-www-form-urlencoded');
    expect(answer.body).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it('gives a route its own body limit', async () => {
    const send = (length: number) =>
      api.http
        .post('/v1/probe/wide')
        .set('authorization', ADMIN)
        .send({ text: 'x'.repeat(length) });
    expect((await send(500_000)).status).toBe(201);
    expect((await send(WIDE_BODY_BYTES)).status).toBe(413);
  });

  it('refuses a stranger before it reads the body', async () => {
    const answer = await api.http.post('/v1/probe/notes').set('content-type', 'application/json').send('{"text":');
    expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('names faulty query parameters', async () => {
    const answer = await api.http.get('/v1/probe/list?limit=0&colour=red');
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ parameter: 'limit', code: 'out_of_range' }),
        expect.objectContaining({ parameter: 'colour', code: 'unknown_parameter' }),
      ]),
    );
    expect(answer.body.errors[0]).not.toHaveProperty('pointer');
  });

  it('refuses a parameter given twice and NUL in the address', async () => {
    expect((await api.http.get('/v1/probe/list?limit=1&limit=2')).status).toBe(422);
    expect((await api.http.get('/v1/probe/list?cursor=%00')).body).toMatchObject({
      status: 422,
      code: 'nul_character',
    });
    expect((await api.http.get('/v1/probe/things/a%00b')).body).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('answers unknown addresses and undecodable ones as problems', async () => {
    expect((await api.http.get('/v1/nothing')).body).toMatchObject({ status: 404, code: 'not_found' });
    expect((await api.http.get('/v1/probe/things/%E0%A4%A')).body).toMatchObject({ status: 400, code: 'bad_request' });
    expect((await api.http.get(`/v1/probe/things/${'a'.repeat(600)}`)).body).toMatchObject({ status: 404 });
  });

  it('tells nothing about what went wrong inside, and logs it once without secrets', async () => {
    const answer = await api.http.get('/v1/probe/crash');
    expect(answer.body).toMatchObject({ status: 500, code: 'internal_error', instance: '/v1/probe/crash' });
    expect(answer.text).not.toMatch(/secret_table|db\.ts|hunter2|TypeError/);
    const lines = api.lines.filter((line) => line.includes(String(answer.body.requestId)));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('TypeError');
    expect(lines[0]).not.toContain('hunter2');
  });

  it('adds what an error knows beside the standard members', async () => {
    const answer = await api.http.get('/v1/probe/taken');
    expect(answer.body).toMatchObject({ status: 409, code: 'business_key_conflict', messageId: 'm-1' });
  });

  it('answers trouble with a provider with its code and the reason', async () => {
    const answer = await api.http.get('/v1/probe/vendor');
    expect(answer.body).toMatchObject({
      status: 409,
      code: 'provider_unavailable',
      reason: 'provider_busy',
      retryable: true,
      provider: { name: 'Example', code: '-1' },
    });
    expect(answer.headers['retry-after']).toBe('1');
  });

  it('speaks Chinese to those who ask for it', async () => {
    const answer = await api.http.get('/v1/nothing').set('accept-language', 'fr, zh-CN;q=0.9, en;q=0.8');
    expect(answer.body).toMatchObject({ title: '资源不存在', code: 'not_found' });
  });
});
