import { randomUUID } from 'node:crypto';
import { answerIn, objectsOf, textOf, type JsonObject, type JsonValue, type Language } from '#libs/core';
import { CommandFailure, EXIT } from './failures.js';
import { say } from './words.js';

const CALL_DEADLINE_MS = 30_000;

export interface ApiSettings {
  /** Without trailing slash. */
  readonly url: string;
  readonly key: string | undefined;
  readonly language: Language;
}

export type Query = Readonly<Record<string, string | number | undefined>>;

/** A text or number as it is shown; empty for anything else. */
export const shownOf = (value: JsonValue | undefined): string =>
  typeof value === 'number' ? String(value) : textOf(value);

/** The HTTP API with one key. Refusals become `CommandFailure`s in the words of the API. */
export class ApiClient {
  constructor(private readonly settings: ApiSettings) {}

  get(path: string, query: Query = {}): Promise<JsonObject> {
    return this.call('GET', `${path}${queryText(query)}`);
  }

  /** Carries an idempotency key of its own. */
  post(path: string, body: JsonObject = {}, query: Query = {}): Promise<JsonObject> {
    return this.call('POST', `${path}${queryText(query)}`, body);
  }

  async delete(path: string): Promise<void> {
    await this.call('DELETE', path);
  }

  /** Pages of a list, until `most` items. */
  async *list(path: string, query: Query = {}, most = Infinity): AsyncGenerator<JsonObject> {
    let cursor: string | undefined;
    let count = 0;
    do {
      const page = await this.get(path, { ...query, cursor });
      for (const item of objectsOf(page['data'])) {
        yield item;
        count += 1;
        if (count >= most) return;
      }
      cursor = shownOf(page['nextCursor']) || undefined;
    } while (cursor !== undefined);
  }

  private async call(method: string, path: string, body?: JsonObject): Promise<JsonObject> {
    const { language, url } = this.settings;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: this.headers(body !== undefined),
      signal: AbortSignal.timeout(CALL_DEADLINE_MS),
      redirect: 'error',
      ...(body && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new CommandFailure(say(language, 'unreachable', { url, reason: reasonOf(error) }), EXIT.unavailable);
    });
    const answer = answerIn(await response.text());
    if (answer === undefined && response.status !== 204) {
      throw new CommandFailure(say(language, 'notTheApi', { url }), EXIT.unavailable);
    }
    if (!response.ok) throw refusal(response.status, answer ?? {});
    return answer ?? {};
  }

  private headers(hasBody: boolean): Record<string, string> {
    const { key, language } = this.settings;
    return {
      accept: 'application/json',
      'accept-language': language,
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(hasBody && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    };
  }
}

function queryText(query: Query): string {
  const given = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  const text = new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)]))).toString();
  return text && `?${text}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  return cause instanceof Error ? cause.message : error.message;
}

/** The sentence of the problem, then each fault, then the number that support asks for. */
function refusal(status: number, problem: JsonObject): CommandFailure {
  const faults = objectsOf(problem['errors']).map(
    (fault) => `  ${shownOf(fault['pointer']) || shownOf(fault['parameter'])} ${shownOf(fault['message'])}`,
  );
  const lines = [
    `${shownOf(problem['detail']) || shownOf(problem['title']) || `HTTP ${status}`} (${shownOf(problem['code']) || status})`,
    ...faults,
    ...(status >= 500 ? [`  requestId ${shownOf(problem['requestId'])}`] : []),
  ];
  return new CommandFailure(lines.join('\n'), status >= 500 ? EXIT.unavailable : EXIT.refused);
}
