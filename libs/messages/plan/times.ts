import type { Fault } from '#libs/core';
import type { SendRequest } from './message-plan.js';

const MAX_AHEAD_DAYS = 90;
const DAY_MS = 86_400_000;

/** Faults of `sendAt` and `expireAt` against each other and the present. */
export function checkTimes({ sendAt, expireAt }: Pick<SendRequest, 'sendAt' | 'expireAt'>, now: Date): Fault[] {
  const faults: Fault[] = [];
  if (sendAt && sendAt.getTime() - now.getTime() > MAX_AHEAD_DAYS * DAY_MS) {
    faults.push({
      pointer: '/sendAt',
      code: 'too_far_ahead',
      message: `must not be more than ${MAX_AHEAD_DAYS} days ahead`,
    });
  }
  if (expireAt && expireAt <= now) {
    faults.push({ pointer: '/expireAt', code: 'already_expired', message: 'must be in the future' });
  } else if (expireAt && sendAt && expireAt <= sendAt) {
    faults.push({ pointer: '/expireAt', code: 'expires_before_sending', message: 'must be after sendAt' });
  }
  return faults;
}
