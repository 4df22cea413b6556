import { CHANNELS } from '#libs/channels';

/** Values that stand in the OpenAPI document. */
export const EXAMPLES = {
  id: '019a8f6e-7c00-7abc-8def-0123456789ab',
  at: '2026-11-22T02:00:00.000Z',
  channel: CHANNELS[0]?.name ?? '',
} as const;
