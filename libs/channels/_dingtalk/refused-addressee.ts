import { PermanentDeliveryError } from '#libs/core';
import type { Addressee } from '../channel.js';
import type { ProviderErrorRule } from '../provider-errors.js';

/** A code about recipients refuses the whole call without saying whom it means: sure only of a single addressee. */
export function withRefused(
  error: unknown,
  addressees: readonly Addressee[],
  ruleFor: (code: string) => ProviderErrorRule | undefined,
): unknown {
  if (!(error instanceof PermanentDeliveryError) || !error.provider || addressees.length !== 1) return error;
  const { message, provider, reason } = error;
  if (ruleFor(provider.code)?.class !== 'recipient') return error;
  const refused = addressees.map(({ type, id }) => ({ type, id, reason, providerCode: provider.code }));
  return new PermanentDeliveryError(reason, message, refused, { provider });
}
