import { Pool, ProxyAgent, type Dispatcher } from 'undici';
import { ConfigError } from '#libs/core';
import { CALL_DEADLINE_MS, type ProviderHttp, type ProviderRequest, type ProviderResponse } from './provider-http.js';
import { CallEndedError } from './undici-provider-http.errors.js';
import { ProviderExchange } from './undici-provider-http.exchange.js';

/** Milliseconds. */
export interface PhaseTimeouts {
  /** TCP and TLS handshake together. */
  readonly connectMs: number;
  /** From the last byte written to the answer's headers. */
  readonly headersMs: number;
  /** Longest silence inside the answer's body. */
  readonly bodyMs: number;
  /** The whole call, waiting for a connection included. */
  readonly totalMs: number;
}

export type OriginList = readonly string[] | (() => readonly string[]);

export interface UndiciProviderHttpOptions {
  /** Origins that may be called, e.g. `https://qyapi.weixin.qq.com`; a function is asked at every call. */
  readonly allowedOrigins: OriginList;
  /** Origins of proxies that may be used. Default: none. */
  readonly allowedProxies?: OriginList;
  readonly timeouts?: Partial<PhaseTimeouts>;
}

const TIMEOUTS: PhaseTimeouts = { connectMs: 3000, headersMs: 8000, bodyMs: 8000, totalMs: CALL_DEADLINE_MS };
const MAX_RESPONSE_BYTES = 1024 * 1024;
const CONNECTIONS_PER_ORIGIN = 256;

/**
 * Calls providers over pooled keep-alive connections, one pool for each origin and proxy.
 * Redirects are answers like any other: they are never followed.
 */
export class UndiciProviderHttp implements ProviderHttp {
  private readonly dispatchers = new Map<string, Dispatcher>();
  private readonly timeouts: PhaseTimeouts;

  constructor(private readonly options: UndiciProviderHttpOptions) {
    this.timeouts = { ...TIMEOUTS, ...options.timeouts };
  }

  async send(request: ProviderRequest, signal?: AbortSignal): Promise<ProviderResponse> {
    const url = permittedUrl(request.url, this.options.allowedOrigins);
    const proxy = request.proxyUrl && permittedUrl(request.proxyUrl, this.options.allowedProxies ?? []);
    const dispatcher = this.dispatcherFor(url.origin, proxy || undefined);
    const label = `${request.method} ${url.origin}${url.pathname}`;
    const exchange = new ProviderExchange({ label, proxied: Boolean(proxy) });
    const stop = (): void => exchange.end(new CallEndedError('CALL_ABORTED', 'the call was given up'));
    const late = (): void => exchange.end(new CallEndedError('CALL_DEADLINE', 'the call took too long'));
    const deadline = setTimeout(late, this.timeouts.totalMs);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      if (signal?.aborted) stop();
      else dispatcher.dispatch(dispatchOptions(request, url), exchange);
      return await exchange.answer;
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Waits for the calls in flight, then closes every connection. */
  async close(): Promise<void> {
    const dispatchers = [...this.dispatchers.values()];
    this.dispatchers.clear();
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.close()));
  }

  private dispatcherFor(origin: string, proxy: URL | undefined): Dispatcher {
    const key = `${origin} ${proxy?.href ?? ''}`;
    let dispatcher = this.dispatchers.get(key);
    if (!dispatcher) {
      dispatcher = this.open(origin, proxy);
      this.dispatchers.set(key, dispatcher);
    }
    return dispatcher;
  }

  private open(origin: string, proxy: URL | undefined): Dispatcher {
    const { connectMs, headersMs, bodyMs } = this.timeouts;
    const connect = { timeout: connectMs };
    const options = {
      connections: CONNECTIONS_PER_ORIGIN,
      headersTimeout: headersMs,
      bodyTimeout: bodyMs,
      maxResponseSize: MAX_RESPONSE_BYTES,
    };
    if (!proxy) return new Pool(origin, { ...options, connect });
    return new ProxyAgent({ ...options, uri: proxy.href, proxyTls: connect, requestTls: connect });
  }
}

const originsOf = (list: OriginList): readonly string[] => (typeof list === 'function' ? list() : list);

/** @throws ConfigError `host_not_allowed`; the message names the origin only, for queries hold credentials. */
function permittedUrl(text: string, allowed: OriginList): URL {
  if (!URL.canParse(text)) throw new ConfigError('host_not_allowed', 'The address is not a URL');
  const url = new URL(text);
  if (originsOf(allowed).includes(url.origin)) return url;
  throw new ConfigError('host_not_allowed', `The origin ${url.origin} is not allowed`);
}

function dispatchOptions(request: ProviderRequest, url: URL): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: request.method,
    ...(request.headers && { headers: { ...request.headers } }),
    ...(request.body !== undefined && { body: request.body }),
  };
}
