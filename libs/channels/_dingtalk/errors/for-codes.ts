import type { ProviderErrorRule, ProviderErrorTable } from '../../provider-errors.js';

/** One rule for all codes that mean the same. */
export const forCodes = (codes: readonly (number | string)[], rule: ProviderErrorRule): ProviderErrorTable =>
  Object.fromEntries(codes.map((code) => [String(code), rule]));

/** The whole numbers from `first` to `last`, both included. */
export const codesBetween = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
