import { NotFoundError, isUuid } from '#libs/core';

/** @throws NotFoundError */
export function webhookId(text: string): string {
  if (!isUuid(text)) throw new NotFoundError('There is no such webhook');
  return text;
}
