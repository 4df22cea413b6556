import { isFamilyName, type FamilyName } from '#libs/channels';
import { NotFoundError } from '#libs/core';

/** A vendor named in a path. @throws NotFoundError */
export function familyIn(name: string): FamilyName {
  if (isFamilyName(name)) return name;
  throw new NotFoundError('There is no such vendor');
}
