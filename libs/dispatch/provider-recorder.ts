import type { ProviderHttp, ProviderRequest, ProviderResponse } from '#libs/channels';
import { HongyanError, type Clock, type JsonObject } from '#libs/core';
import { redact } from '#libs/security';

const MAX_BODY = 8 * 1024;
const MASK = '•••';

/** Passes calls on and remembers the last exchange, free of secrets: what an operator sees of an attempt. */
export class ProviderRecorder implements ProviderHttp {
  private last: JsonObject | undefined;

  constructor(
    private readonly http: ProviderHttp,
    private readonly clock: Clock,
    /** Masked wherever the vendor, or a proxy before it, echoes them. */
    private readonly secrets: readonly string[] = [],
  ) {}

  /** Address, HTTP status, answer (at most 8 KiB), duration in ms. Undefined when nothing was called. */
  get exchange(): JsonObject | undefined {
    return this.last;
  }

  async send(request: ProviderRequest, signal?: AbortSignal): Promise<ProviderResponse> {
    const startedMs = this.clock.monotonicMs();
    const target = { method: request.method, url: redact(request.url) };
    this.last = { ...target };
    try {
      const response = await this.http.send(request, signal);
      const body = redact(this.masked(response.body).slice(0, MAX_BODY));
      this.last = { ...target, status: response.status, body, durationMs: this.since(startedMs) };
      return response;
    } catch (error) {
      const fault = error instanceof HongyanError ? error.code : 'internal_error';
      this.last = { ...target, fault, durationMs: this.since(startedMs) };
      throw error;
    }
  }

  private masked(text: string): string {
    return this.secrets.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
  }

  private since(startedMs: number): number {
    return Math.round(this.clock.monotonicMs() - startedMs);
  }
}
