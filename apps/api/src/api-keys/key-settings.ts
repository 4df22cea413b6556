import { ValidationError, type Fault, type JsonObject } from '#libs/core';
import {
  PRESETS,
  type ApiKeyChange,
  type ApiKeySettings,
  type KeyLimitName,
  type KeyLimits,
  type Scope,
} from '#libs/security';
import type { CreateApiKeyDto, UpdateApiKeyDto } from './api-key.dto.js';
import type { KeyLimitsDto } from './key-limits.dto.js';

function scopeFaults(body: CreateApiKeyDto): Fault[] {
  const allowed: readonly Scope[] = PRESETS[body.preset];
  return (body.scopes ?? []).flatMap((scope, index) =>
    allowed.includes(scope)
      ? []
      : [
          {
            pointer: `/scopes/${index}`,
            code: 'unknown_scope',
            message: `The preset ${body.preset} does not have the scope "${scope}"`,
          },
        ],
  );
}

function expiryFaults(expiresAt: Date | null, now: Date): Fault[] {
  if (expiresAt === null || expiresAt.getTime() > now.getTime()) return [];
  return [{ pointer: '/expiresAt', code: 'out_of_range', message: 'expiresAt must be a time in the future' }];
}

/** What a request for a key asks for. @throws ValidationError with every fault */
export function settingsFrom(body: CreateApiKeyDto, now: Date): ApiKeySettings {
  const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
  const faults = [...scopeFaults(body), ...expiryFaults(expiresAt, now)];
  if (faults.length > 0) throw new ValidationError(faults);
  return {
    name: body.name,
    preset: body.preset,
    scopes: body.scopes ?? PRESETS[body.preset],
    templates: body.templates ?? null,
    accounts: body.accounts ?? null,
    ipRanges: body.ipRanges ?? null,
    expiresAt,
    limits: limitsFrom(body.limits),
  };
}

/** What a request changes of a key. @throws ValidationError with every fault */
export function changeFrom(body: UpdateApiKeyDto, now: Date): ApiKeyChange {
  const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
  const faults = expiryFaults(expiresAt, now);
  if (faults.length > 0) throw new ValidationError(faults);
  const { accounts, ipRanges, name, templates } = body;
  return {
    ...(name !== undefined && { name }),
    ...(templates !== undefined && { templates }),
    ...(accounts !== undefined && { accounts }),
    ...(ipRanges !== undefined && { ipRanges }),
    ...(body.expiresAt !== undefined && { expiresAt }),
    ...(body.limits !== undefined && { limits: limitsFrom(body.limits) }),
  };
}

/** What a change says, for the audit log. */
export const describeChange = ({ expiresAt, limits, ...rest }: ApiKeyChange): JsonObject => ({
  ...(rest as JsonObject),
  ...(expiresAt !== undefined && { expiresAt: expiresAt?.toISOString() ?? null }),
  ...(limits && { limits: { ...limits } }),
});

function limitsFrom(limits: KeyLimitsDto | null | undefined): KeyLimits {
  const set = Object.entries(limits ?? {}).filter(
    (entry): entry is [KeyLimitName, number] => typeof entry[1] === 'number',
  );
  return Object.fromEntries(set);
}
