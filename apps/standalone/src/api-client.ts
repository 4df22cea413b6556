import { setTimeout as delay } from 'node:timers/promises';
import { answerIn, type JsonObject } from '#libs/core';

const POLL_MS = 50;
const CALL_DEADLINE_MS = 10_000;

export interface ApiAnswer {
  readonly status: number;
  /** A list as `{ data }`; empty when the answer is neither object nor list. */
  readonly body: JsonObject;
}

/** An answer that the caller cannot go on with. */
export class ApiFailure extends Error {
  constructor(method: string, path: string, { status, body }: ApiAnswer) {
    super(`${method} ${path} answered ${status} ${JSON.stringify(body)}`);
    this.name = 'ApiFailure';
  }
}

/** Calls a JSON API over HTTP as any other program would. */
export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly key?: string,
  ) {}

  async call(method: 'GET' | 'POST', path: string, body?: JsonObject): Promise<ApiAnswer> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        ...(this.key !== undefined && { authorization: `Bearer ${this.key}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(CALL_DEADLINE_MS),
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: answerIn(await response.text()) ?? {} };
  }

  /** @throws ApiFailure unless the answer has one of these statuses. */
  async expect(
    statuses: readonly number[],
    method: 'GET' | 'POST',
    path: string,
    body?: JsonObject,
  ): Promise<ApiAnswer> {
    const answer = await this.call(method, path, body);
    if (!statuses.includes(answer.status)) throw new ApiFailure(method, path, answer);
    return answer;
  }

  async get(path: string): Promise<JsonObject> {
    return (await this.expect([200], 'GET', path)).body;
  }

  /** Reads until `isDone` says so or the time is over; answers what was read last. */
  async poll(path: string, isDone: (body: JsonObject) => boolean, deadlineMs: number): Promise<JsonObject> {
    const deadline = performance.now() + deadlineMs;
    for (;;) {
      const body = await this.get(path);
      if (isDone(body) || performance.now() > deadline) return body;
      await delay(POLL_MS);
    }
  }
}
