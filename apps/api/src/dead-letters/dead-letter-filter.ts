import type { DeadLetterFilter } from '#libs/messages';
import { requireAccount, requireTemplate, type Identity } from '#libs/security';
import type { DeadLetterFilterDto } from './dead-letter.dto.js';

const DEFAULT_RANGE_MS = 30 * 86_400_000;

/** The filter with its default: what failed in the last 30 days. */
export function filterOf({ failedAfter, failedBefore, ...lists }: DeadLetterFilterDto): DeadLetterFilter {
  const given = Object.entries(lists).filter(([, values]) => values !== undefined);
  const start = new Date((failedBefore?.getTime() ?? Date.now()) - DEFAULT_RANGE_MS);
  return {
    ...(Object.fromEntries(given) as Partial<DeadLetterFilter>),
    failedAfter: failedAfter ?? start,
    ...(failedBefore && { failedBefore }),
  };
}

/**
 * A key that is limited to templates or accounts names those it replays.
 * @throws ForbiddenError `template_not_allowed`, `account_not_allowed`
 */
export function requireFilter(identity: Identity, { account = ['*'], template = ['*'] }: DeadLetterFilterDto): void {
  for (const code of template) requireTemplate(identity, code);
  for (const code of account) requireAccount(identity, code);
}
