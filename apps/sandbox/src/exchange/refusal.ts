import type { JsonObject } from '#libs/core';

/** A business error of a vendor; each vendor wraps it in its own envelope. */
export class Refusal extends Error {
  constructor(
    readonly code: number | string,
    message: string,
    /** Members that the answer carries beside code and message. */
    readonly extra: JsonObject = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
