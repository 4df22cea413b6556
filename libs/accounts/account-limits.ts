import type { ChannelDefinition } from '#libs/channels';
import { isJsonObject, jsonPointer, type Fault } from '#libs/core';
import { CEILINGS, HIGH_RESERVE, MAX_RESERVE_PERCENT } from './limits/applied-limits.js';

/** Ceilings that only the customer's contract with the vendor knows: no default, any channel may set them. */
export const CONTRACT_LIMITS: readonly string[] = Object.keys(CEILINGS);

const LARGEST = 1_000_000_000;

const isWithin = (value: unknown, least: number, most: number): boolean =>
  value === null || (Number.isInteger(value) && Number(value) >= least && Number(value) <= most);

/**
 * Faults of an account's `limits`: a whole number from 1, or `null` to switch a default off; `highReserve` is a
 * percentage.
 */
export function checkLimits(channel: ChannelDefinition, limits: unknown): readonly Fault[] {
  if (!isJsonObject(limits)) return [];
  const known = new Set<string>([...CONTRACT_LIMITS, HIGH_RESERVE, ...channel.limits.map((limit) => limit.key)]);
  return Object.entries(limits).flatMap(([key, value]): Fault[] => {
    const pointer = jsonPointer('limits', key);
    if (!known.has(key)) return [{ pointer, code: 'unknown_field', message: 'is no limit of this channel' }];
    const [least, most] = key === HIGH_RESERVE ? [0, MAX_RESERVE_PERCENT] : [1, LARGEST];
    if (isWithin(value, least, most)) return [];
    return [{ pointer, code: 'invalid_value', message: `must be a whole number from ${least} to ${most}, or null` }];
  });
}
