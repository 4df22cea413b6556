/** One HTTP call to a provider. */
export interface ProviderRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute address, query included. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is; JSON bodies are serialised once by the caller. */
  readonly body?: string | Uint8Array;
  readonly proxyUrl?: string;
}

export interface ProviderResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** At most 1 MiB, decoded as UTF-8. */
  readonly body: string;
}

/**
 * The port through which channels reach their vendor.
 *
 * `send` resolves with whatever the provider answered, HTTP errors included, and rejects with
 * - `RetryableDeliveryError` (`usesAttempt: false`) when the request certainly never left: refused, DNS, TLS, connect
 *   time-out;
 * - `AmbiguousDeliveryError` when it left and no complete answer came: reset, time-out, cut or over-long body;
 * - `ConfigError` (`host_not_allowed`) when the origin is not on the allow-list.
 */
export interface ProviderHttp {
  send(request: ProviderRequest, signal?: AbortSignal): Promise<ProviderResponse>;
}

export const PROVIDER_HTTP = Symbol('ProviderHttp');

/** Longest time of one call, from connecting to the last byte. */
export const CALL_DEADLINE_MS = 10_000;
