import type { Family } from '../scenario.js';
import { crowds } from './crowds.js';
import { everythingFails } from './everything.js';
import { gates } from './gates.js';
import { killPoints } from './kill-points.js';
import { load } from './load.js';
import { postgresql } from './postgresql.js';
import { processes } from './processes.js';
import { provider } from './provider.js';
import { redis } from './redis.js';
import { releases } from './releases.js';
import { takeovers } from './takeovers.js';

/** The longest first. */
export const FAMILIES: readonly Family[] = [
  redis,
  processes,
  provider,
  postgresql,
  everythingFails,
  ...killPoints,
  crowds,
  releases,
  takeovers,
  gates,
  load,
];
