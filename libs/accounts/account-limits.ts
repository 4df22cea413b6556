import type { ChannelDefinition } from '#libs/channels';
import { isJsonObject, jsonPointer, type Fault } from '#libs/core';

/** Ceilings that only the customer's contract with the vendor knows: no default, any channel may set them. */
export const CONTRACT_LIMITS = ['dailyPersonTimes', 'monthlyCalls', 'monthlyWebhookMessages'] as const;

const LARGEST = 1_000_000_000;

const isLimit = (value: unknown): boolean =>
  value === null || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LARGEST);

/** Faults of an account's `limits`: a whole number from 1, or `null` to switch a default off. */
export function checkLimits(channel: ChannelDefinition, limits: unknown): readonly Fault[] {
  if (!isJsonObject(limits)) return [];
  const known = new Set<string>([...CONTRACT_LIMITS, ...channel.limits.map((limit) => limit.key)]);
  return Object.entries(limits).flatMap(([key, value]): Fault[] => {
    const pointer = jsonPointer('limits', key);
    if (!known.has(key)) return [{ pointer, code: 'unknown_field', message: 'is no limit of this channel' }];
    if (isLimit(value)) return [];
    return [{ pointer, code: 'invalid_value', message: `must be a whole number from 1 to ${LARGEST}, or null` }];
  });
}
