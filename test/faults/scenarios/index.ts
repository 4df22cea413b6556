import type { Family } from '../scenario.js';
import { redis } from './redis.js';

/** The longest first. */
export const FAMILIES: readonly Family[] = [redis];
