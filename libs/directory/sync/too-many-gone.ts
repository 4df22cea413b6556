import { ConflictError } from '#libs/core';

/** A visible range that was narrowed by mistake must not retire a company. */
const FEW = 10;
const LARGEST_SHARE_GONE = 0.5;

/** @throws ConflictError `too_many_gone` */
export function refuseTooManyGone({ force }: { readonly force: boolean }, gone: number, all: number): void {
  if (force || gone <= FEW || gone <= all * LARGEST_SHARE_GONE) return;
  throw new ConflictError('too_many_gone', `${gone} of ${all} people would have left; nobody was retired`);
}
