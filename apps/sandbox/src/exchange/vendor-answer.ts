import type { JsonObject } from '#libs/core';

/** What a fake vendor answers: JSON as an object, anything else as text. */
export interface VendorAnswer {
  readonly status: number;
  readonly body: JsonObject | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (body: JsonObject, status = 200): VendorAnswer => ({ status, body });

export const bodyText = (answer: VendorAnswer): string =>
  typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
