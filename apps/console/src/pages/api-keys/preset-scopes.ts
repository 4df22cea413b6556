import type { Me, Scope } from '../../api/types.js';

export type Preset = Me['preset'];

const READ = [
  'messages:read',
  'recalls:read',
  'stats:read',
  'queues:read',
  'templates:read',
  'accounts:read',
  'directory:read',
  'webhooks:read',
  'imports:read',
  'customers:read',
  'audit:read',
  'channels:read',
] as const satisfies readonly Scope[];

const OPERATE = [
  'messages:send',
  'messages:recall',
  'messages:broadcast',
  'queues:write',
  'directory:write',
  'templates:write',
  'imports:write',
  'accounts:operate',
] as const satisfies readonly Scope[];

const ADMINISTER = [
  'accounts:write',
  'tokens:read',
  'webhooks:write',
  'keys:write',
] as const satisfies readonly Scope[];

/** What a key of each preset may be given; a test compares it with the API. */
export const PRESET_SCOPES: Readonly<Record<Preset, readonly Scope[]>> = {
  caller: ['messages:send', 'messages:read', 'messages:recall', 'templates:read', 'channels:read'],
  viewer: READ,
  operator: [...READ, ...OPERATE],
  admin: [...READ, ...OPERATE, ...ADMINISTER],
};

export const PRESETS = Object.keys(PRESET_SCOPES) as readonly Preset[];
