import { isJsonObject, type Fault } from '#libs/core';
import type { Addressee } from '../channel.js';
import type { Content } from '../content.js';

const MOST_WITH_STATUS_BAR = 5;

/** An OA message with a status bar goes to at most 5 users, to no department and not to everybody. */
export function checkStatusBarAudience(
  content: Content,
  addressees: readonly Pick<Addressee, 'type'>[],
): readonly Fault[] {
  if (content.kind !== 'oa' || !isJsonObject(content['status_bar'])) return [];
  const pointer = '/recipients';
  if (addressees.some(({ type }) => type !== 'user')) {
    return [{ pointer, code: 'recipient_unreachable', message: 'a status bar can only be sent to persons' }];
  }
  const actual = addressees.length;
  if (actual <= MOST_WITH_STATUS_BAR) return [];
  const message = `must not name more than ${MOST_WITH_STATUS_BAR} people for a message with a status bar`;
  const figures = { limit: MOST_WITH_STATUS_BAR, actual, unit: 'items' } as const;
  return [{ pointer, code: 'too_many_recipients', message, ...figures }];
}
