import { ValidationError, type Fault } from '#libs/core';
import { PRESETS, type ApiKeySettings, type Scope } from '#libs/security';
import type { CreateApiKeyDto } from './api-key.dto.js';

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
  };
}
