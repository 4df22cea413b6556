import type { LimitDefinition } from '../channel.js';

const DAY_SECONDS = 86_400;

/** Beyond the limits per person the vendor still answers "ok", and the person gets nothing. */
export const WORK_LIMITS: readonly LimitDefinition[] = [
  {
    key: 'perSecond',
    label: { zh: '每秒', en: 'Per second' },
    scope: 'account',
    limit: 20,
    windowSeconds: 1,
  },
  {
    key: 'personPerDay',
    label: { zh: '每人每天', en: 'Per person and day' },
    scope: 'person',
    limit: 500,
    windowSeconds: DAY_SECONDS,
  },
  {
    key: 'personContentPerDay',
    label: { zh: '每人每天相同内容', en: 'Same content per person and day' },
    scope: 'person_content',
    limit: 1,
    windowSeconds: DAY_SECONDS,
  },
];
