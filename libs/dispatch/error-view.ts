import { HongyanError, ValidationError, type JsonObject, type ProviderFault } from '#libs/core';
import { redact } from '#libs/security';

/** What a delivery or a recall keeps of its error: code, sentence, and the provider's own words, free of secrets. */
export function errorView(error: unknown): JsonObject {
  if (!(error instanceof HongyanError)) return { code: 'internal_error', message: 'Internal fault' };
  return {
    code: error.code,
    message: redact(error.message),
    ...(error.provider && { provider: factsOf(error.provider) }),
    ...(error instanceof ValidationError && { errors: error.faults.map((fault) => ({ ...fault })) }),
  };
}

/** Without what the channel's error table adds: that is looked up when somebody reads it, in his language. */
function factsOf({ text: _text, hint: _hint, ...facts }: ProviderFault): JsonObject {
  return { ...facts };
}
