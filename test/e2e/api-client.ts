import supertest from 'supertest';
import type { JsonObject } from '#libs/core';
import { waitFor } from '#libs/testing';

export type Answer = supertest.Response;
/** An answer of the API as it came: each test names the members that it looks at. */
export type AnswerBody = Answer['body'];

const OPEN: readonly string[] = ['accepted', 'sending', 'scheduled'];
const SETTLED_MS = 30_000;

/** A caller of the API with one key, over real HTTP. */
export class ApiClient {
  private readonly http: ReturnType<typeof supertest>;

  constructor(
    private readonly url: string,
    private readonly key?: string,
  ) {
    this.http = supertest(url);
  }

  /** The same API with another key, or with none. */
  as(key?: string): ApiClient {
    return new ApiClient(this.url, key);
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.request('get', path, headers);
  }

  /** A body as text travels as it is. */
  async post(path: string, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.request('post', path, { 'content-type': 'application/json', ...headers }).send(textOf(body));
  }

  async put(path: string, body: JsonObject): Promise<Answer> {
    return this.request('put', path, { 'content-type': 'application/json' }).send(textOf(body));
  }

  async delete(path: string): Promise<Answer> {
    return this.request('delete', path, {});
  }

  /** Reads something that is there. */
  async read(path: string): Promise<AnswerBody> {
    return bodyOf(await this.get(path), path);
  }

  /** The items of a list's first page. */
  async list(path: string): Promise<AnswerBody[]> {
    return (await this.read(path)).data;
  }

  /** Does something that must succeed. */
  async do(path: string, body: JsonObject = {}): Promise<AnswerBody> {
    return bodyOf(await this.post(path, body), path);
  }

  /** Uploads a file that must be taken. */
  async upload(bytes: Buffer, fileName: string, path = '/v1/assets'): Promise<AnswerBody> {
    return bodyOf(await this.request('post', path, {}).attach('file', bytes, fileName), path, [201]);
  }

  /** Sends a message that must be accepted. */
  async send(body: JsonObject): Promise<AnswerBody> {
    return bodyOf(await this.post('/v1/messages', body), '/v1/messages', [202]);
  }

  message(id: string): Promise<AnswerBody> {
    return this.read(`/v1/messages/${id}`);
  }

  /** The message once nothing of it is open. */
  settled(id: string, deadlineMs = SETTLED_MS): Promise<AnswerBody> {
    return this.until(id, (message) => !OPEN.includes(message.status), 'its end', deadlineMs);
  }

  /** Resolves when nothing of any of these messages (at most 200) is open. */
  async allSettled(ids: readonly string[]): Promise<void> {
    const path = `/v1/messages?limit=200&status=${OPEN.join(',')}&ids=${ids.join(',')}`;
    const isDone = async (): Promise<boolean> => (await this.list(path)).length === 0;
    await waitFor(isDone, { deadlineMs: SETTLED_MS, intervalMs: 100, what: `the end of ${ids.length} messages` });
  }

  /** The message once its first delivery waits for this reason. */
  waiting(id: string, reason: string): Promise<AnswerBody> {
    const waits = ({ deliveries: [first] }: AnswerBody): boolean =>
      first.status === 'scheduled' && first.reason === reason;
    return this.until(id, waits, `the wait ${reason}`);
  }

  /** Sends and waits for the end. */
  async sendAndSettle(body: JsonObject): Promise<AnswerBody> {
    return this.settled((await this.send(body)).id);
  }

  async until(
    id: string,
    isReached: (message: AnswerBody) => boolean,
    what: string,
    deadlineMs = SETTLED_MS,
  ): Promise<AnswerBody> {
    let last: AnswerBody;
    const reached = async (): Promise<AnswerBody> => {
      last = await this.message(id);
      return isReached(last) ? last : undefined;
    };
    try {
      return await waitFor(reached, { deadlineMs, intervalMs: 30, what });
    } catch (cause) {
      throw new Error(`Message ${id} did not reach ${what}: ${JSON.stringify(last)}`, { cause });
    }
  }

  private request(
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    headers: Readonly<Record<string, string>>,
  ): supertest.Test {
    const request = this.http[method](path)
      .ok(() => true)
      .set(headers);
    return this.key === undefined ? request : request.set('authorization', `Bearer ${this.key}`);
  }
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

const SUCCESS: readonly number[] = [200, 201, 202, 204];

function bodyOf({ body, status }: Answer, path: string, expected = SUCCESS): AnswerBody {
  if (!expected.includes(status)) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
