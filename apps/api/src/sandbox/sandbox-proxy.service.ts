import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { NotFoundError, UnavailableError, isJsonObject, type JsonValue } from '#libs/core';

const DEADLINE_MS = 5_000;
const RETRY_AFTER_MS = 2_000;

export interface SandboxRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/_sandbox/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

/** Asks the sandbox of this installation, so that the console needs one origin only. */
@Injectable()
export class SandboxProxy {
  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  /** @throws NotFoundError when no sandbox runs or it knows no such thing, UnavailableError when it does not answer */
  async ask({ method, path, query = {}, body }: SandboxRequest): Promise<JsonValue> {
    const address = this.addressOf(path, query);
    const answer = await fetch(address, {
      method,
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new UnavailableError('The sandbox does not answer', RETRY_AFTER_MS, { cause });
    });
    const text = await answer.text();
    if (!answer.ok) throw new NotFoundError(refusalOf(text));
    return text === '' ? null : (JSON.parse(text) as JsonValue);
  }

  private addressOf(path: string, query: Readonly<Record<string, string | undefined>>): URL {
    const { sandboxUrl } = this.config;
    if (sandboxUrl === undefined) throw new NotFoundError('No sandbox is running');
    const address = new URL(`${sandboxUrl}/_sandbox/${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
    return address;
  }
}

function refusalOf(text: string): string {
  try {
    const said: unknown = JSON.parse(text);
    if (isJsonObject(said) && typeof said['message'] === 'string') return `The sandbox says: ${said['message']}`;
  } catch {
    // Not JSON: no words of ours.
  }
  return 'The sandbox knows no such thing';
}
