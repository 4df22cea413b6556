import type { Percentiles } from '../parts/percentiles.js';

/** What the load generator is told to do. */
export interface LoadPlan {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** One message as JSON; `%TEXT%` and `%TO%` become a text that is never repeated and one of many people. */
  readonly body: string;
  /** Begins every text. */
  readonly mark: string;
  readonly seconds: number;
  /** Messages of one request, as `{"messages": […]}`. Default: one message, as it is. */
  readonly batch?: number;
  /** Messages per second, whatever comes back. Default: as fast as answers come. */
  readonly perSecond?: number;
  /** Most messages on their way to the vendor. Default: any number. */
  readonly window?: number;
  /** Where calls that arrived are counted. */
  readonly sandboxUrl: string;
}

export interface LoadResult {
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  /** Of one of the refusals. */
  readonly refusal?: string;
  /** From the first request to the last answer. */
  readonly seconds: number;
  /** From request to answer; with a rate from when the request was due. */
  readonly acceptMs: Percentiles;
}
