import { describe, expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import type { JsonObject } from '#libs/core';
import { ApiClient, type ApiAnswer } from './api-client.js';
import { accountCode, seedExamples, templateCode } from './seed.js';

const channels = CHANNELS.slice(0, 1);

/** Answers what was arranged, and fails when it is asked for anything else. */
class FakeApi extends ApiClient {
  readonly calls: { readonly call: string; readonly body?: JsonObject | undefined }[] = [];

  constructor(private readonly answers: Readonly<Record<string, ApiAnswer>>) {
    super('http://none');
  }

  override async call(method: 'GET' | 'POST', path: string, body?: JsonObject): Promise<ApiAnswer> {
    const call = `${method} ${path}`;
    this.calls.push({ call, body });
    const answer = this.answers[call];
    if (!answer) throw new Error(`${call} was not arranged`);
    return Promise.resolve(answer);
  }
}

const [channel] = channels;
const code = channel ? templateCode(channel) : '';
const publish = `POST /v1/templates/${code}/versions/1/publish`;
const answer = (status: number, body: JsonObject = {}): ApiAnswer => ({ status, body });

describe('seedExamples', () => {
  it('makes an account on the sandbox and a published template', async () => {
    const api = new FakeApi({
      'POST /v1/accounts': answer(201),
      'POST /v1/templates': answer(201, { publishedVersion: null }),
      [publish]: answer(200),
    });
    await seedExamples(api, channels);
    expect(api.calls[0]?.body).toMatchObject({ code: channel && accountCode(channel), baseUrl: 'sandbox' });
    expect(api.calls.map(({ call }) => call)).toContain(publish);
  });

  it('leaves alone what is there already', async () => {
    const api = new FakeApi({
      'POST /v1/accounts': answer(409),
      'POST /v1/templates': answer(409),
      [`GET /v1/templates/${code}`]: answer(200, { publishedVersion: 3 }),
    });
    await expect(seedExamples(api, channels)).resolves.toBeUndefined();
  });

  it('publishes what an interrupted start left as a draft', async () => {
    const api = new FakeApi({
      'POST /v1/accounts': answer(409),
      'POST /v1/templates': answer(409),
      [`GET /v1/templates/${code}`]: answer(200, { publishedVersion: null }),
      [publish]: answer(200),
    });
    await seedExamples(api, channels);
    expect(api.calls.at(-1)?.call).toBe(publish);
  });

  it('does not bring back an example that was deleted', async () => {
    const api = new FakeApi({
      'POST /v1/accounts': answer(409),
      'POST /v1/templates': answer(409),
      [`GET /v1/templates/${code}`]: answer(404),
    });
    await expect(seedExamples(api, channels)).resolves.toBeUndefined();
  });

  it('stops with what the API said when it refuses', async () => {
    const api = new FakeApi({ 'POST /v1/accounts': answer(422, { code: 'unknown_field' }) });
    await expect(seedExamples(api, channels)).rejects.toThrow(/POST \/v1\/accounts answered 422 .*unknown_field/);
  });
});
