import { hasLoneSurrogate, hasNul } from '#libs/core';

/** Longest texts of a person, in UTF-16 units. */
export const PERSON_LIMITS = { user: 128, name: 200, mobile: 32, email: 200, department: 200 } as const;

const CONTROL = /\p{Cc}/u;
/** They end one id and begin another in some vendor's list. */
const SEPARATORS = /[|,\s]/;

/** What is wrong with a text of a person, in canonical form; undefined: nothing. */
export function personFault(field: keyof typeof PERSON_LIMITS, text: string): string | undefined {
  const limit = PERSON_LIMITS[field];
  if (text === '') return 'must not be empty';
  if (text.length > limit) return `must not be longer than ${limit} characters`;
  if (hasNul(text) || hasLoneSurrogate(text) || CONTROL.test(text)) return 'holds a character that cannot be stored';
  if (field === 'user' && SEPARATORS.test(text)) return 'must be one id: "|", "," and blanks are separators';
  if (field === 'user' && text.toLowerCase() === '@all') return 'is everybody, not a person';
  if (field === 'mobile' && !/^\+?\d{5,31}$/.test(text)) return 'must be a telephone number';
  if (field === 'email' && !/^[^\s@]+@[^\s@]+$/.test(text)) return 'must be an e-mail address';
  return undefined;
}
