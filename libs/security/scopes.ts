const READ_SCOPES = [
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
] as const;

const OPERATE_SCOPES = [
  'messages:send',
  'messages:recall',
  'messages:broadcast',
  'queues:write',
  'directory:write',
  'templates:write',
  'imports:write',
  'accounts:operate',
] as const;

const ADMIN_SCOPES = ['accounts:write', 'tokens:read', 'webhooks:write', 'keys:write'] as const;

/** Every right a key can have. */
export const SCOPES = [...READ_SCOPES, ...OPERATE_SCOPES, ...ADMIN_SCOPES] as const;

export type Scope = (typeof SCOPES)[number];

/** The rights of each preset. A `caller` sends for one business system and sees only what that system sent. */
export const PRESETS = {
  caller: ['messages:send', 'messages:read', 'messages:recall', 'templates:read', 'channels:read'],
  viewer: READ_SCOPES,
  operator: [...READ_SCOPES, ...OPERATE_SCOPES],
  admin: SCOPES,
} as const satisfies Record<string, readonly Scope[]>;

export type Preset = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as readonly Preset[];

export const isPreset = (text: string): text is Preset => Object.hasOwn(PRESETS, text);
export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);
