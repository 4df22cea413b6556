import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { storableText } from '#libs/core';
import { AddressGuard, AddressRefusedError } from './address-guard.js';

const TIMEOUT_MS = 10_000;
const KEPT_BYTES = 8_192;

export interface WebhookCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebhookAnswer {
  readonly tookMs: number;
  /** HTTP status; absent: there was no answer, and `error` says why. */
  readonly code?: number;
  readonly error?: string;
  readonly text?: string;
}

/** Calls receivers: no redirects, ten seconds in all, only addresses that the guard lets pass. */
@Injectable()
export class WebhookHttp implements OnApplicationShutdown {
  private readonly agent: Agent;

  constructor(@Inject(AddressGuard) private readonly guard: AddressGuard) {
    this.agent = new Agent({
      connect: { lookup: guard.lookup, timeout: TIMEOUT_MS },
      connections: 16,
      keepAliveTimeout: 4_000,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  /** @throws what `stop` was aborted with; every other fault is an answer without a code */
  async post({ body, headers, url }: WebhookCall, stop: AbortSignal): Promise<WebhookAnswer> {
    const begun = performance.now();
    const took = (): number => Math.round(performance.now() - begun);
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      this.guard.requireHost(new URL(url).hostname);
      const signal = AbortSignal.any([stop, timeout]);
      const answer = await request(url, { method: 'POST', headers, body, signal, dispatcher: this.agent });
      return { code: answer.statusCode, text: await beginningOf(answer.body), tookMs: took() };
    } catch (error) {
      if (stop.aborted) throw error;
      return { error: timeout.aborted ? 'timeout' : reasonOf(error), tookMs: took() };
    }
  }
}

/** The rest of a long answer is not waited for. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= KEPT_BYTES) break;
  }
  return storableText(Buffer.concat(chunks).subarray(0, KEPT_BYTES).toString('utf8'));
}

/** A code, never a message: messages of connections name addresses. */
function reasonOf(error: unknown): string {
  if (error instanceof AddressRefusedError) return 'address_not_allowed';
  const { cause, code } = error as { readonly code?: unknown; readonly cause?: unknown };
  if (cause instanceof AddressRefusedError) return 'address_not_allowed';
  return typeof code === 'string' ? code : 'connection_failed';
}
