import { familyOf, type FamilyName } from '#libs/channels';

/** Lower-cases vendor ids where the vendor ignores case. */
export const canonicalNativeId = (family: FamilyName, id: string): string =>
  familyOf(family).caseInsensitiveIds ? id.toLowerCase() : id;

/** Without blanks, hyphens and the code of mainland China: numbers of one telephone are equal. */
export const canonicalMobile = (text: string): string => text.replaceAll(/[\s-]/g, '').replace(/^(\+|00)86/, '');

export const canonicalEmail = (text: string): string => text.trim().toLowerCase();
