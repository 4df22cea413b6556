import type { Dispatcher } from 'undici';
import type { DeliveryError } from '#libs/core';
import type { ProviderResponse } from './provider-http.js';
import { classifyBrokenCall } from './undici-provider-http.errors.js';

type Controller = Dispatcher.DispatchController;
type Headers = ProviderResponse['headers'];

export interface ExchangeOptions {
  /** Method, origin and path, for messages. */
  readonly label: string;
  readonly proxied: boolean;
}

const utf8 = new TextDecoder();

/** One request and its answer: collects what undici reports and remembers whether the request ever left. */
export class ProviderExchange implements Dispatcher.DispatchHandler {
  /** Rejects with a delivery error that says whether the request may have arrived. */
  readonly answer: Promise<ProviderResponse>;
  private resolve!: (response: ProviderResponse) => void;
  private reject!: (error: DeliveryError) => void;
  private controller: Controller | undefined;
  private ended: Error | undefined;
  private left = false;
  private status = 0;
  private headers: Headers = {};
  private readonly chunks: Buffer[] = [];

  constructor(private readonly options: ExchangeOptions) {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Ends the call now. A request that still waits for its connection will not be written when it gets one. */
  end(reason: Error): void {
    if (this.ended) return;
    this.fail(reason);
    this.controller?.abort(reason);
  }

  /** A connection is ready and the first byte is about to be written. */
  onRequestStart(controller: Controller): void {
    this.controller = controller;
    if (this.ended) controller.abort(this.ended);
    else this.left = true;
  }

  onResponseStart(_controller: Controller, status: number, headers: Headers): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = utf8.decode(Buffer.concat(this.chunks));
    this.resolve({ status: this.status, headers: this.headers, body });
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.fail(error);
  }

  private fail(error: Error): void {
    this.ended ??= error;
    this.reject(classifyBrokenCall(error, { ...this.options, left: this.left }));
  }
}
