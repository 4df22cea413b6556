import type { ApiKeySettings } from './api-keys.service.js';
import { mayUseAccount, mayUseTemplate, type Identity } from './identity.js';
import { ForbiddenError } from './security-errors.js';

/** @throws ForbiddenError `template_not_allowed`, whether there is such a template or not */
export function requireTemplate(identity: Identity, code: string): void {
  if (!mayUseTemplate(identity, code)) {
    throw new ForbiddenError('template_not_allowed', 'The key may not use this template');
  }
}

/** @throws ForbiddenError `account_not_allowed`, whether there is such an account or not */
export function requireAccount(identity: Identity, code: string): void {
  if (!mayUseAccount(identity, code)) {
    throw new ForbiddenError('account_not_allowed', 'The key may not use this account');
  }
}

/**
 * A key hands out no right that it does not have itself, or its own limits would mean nothing.
 * @throws ForbiddenError `missing_scope`, `template_not_allowed`, `account_not_allowed`
 */
export function requireOwnRights(
  identity: Identity,
  wanted: Pick<ApiKeySettings, 'scopes' | 'templates' | 'accounts'>,
): void {
  const missing = wanted.scopes.find((scope) => !identity.scopes.has(scope));
  if (missing) throw ForbiddenError.missingScope(missing);
  // A pattern allows no more than another one that fits it as if it were a code.
  for (const pattern of wanted.templates ?? ['*']) requireTemplate(identity, pattern);
  for (const pattern of wanted.accounts ?? ['*']) requireAccount(identity, pattern);
}
