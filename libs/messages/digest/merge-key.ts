import { isMergeable } from '#libs/templates';
import type { MessagePlan, PlannedDelivery } from '../plan/message-plan.js';

/**
 * What may be joined with this delivery when its account has no room left: deliveries with an equal key, account and
 * caller. Undefined: it always travels singly. A digest cannot go on to another route, so what might does not join one.
 */
export function mergeKeyOf({ request }: MessagePlan, { fallback, route }: PlannedDelivery): string | undefined {
  const { inlineContent, isTest = false, template } = request;
  if (template.overflow !== 'merge' || template.code === null || inlineContent || isTest) return undefined;
  const canMerge = route.channel.addressing.to === 'group' && fallback.length === 0 && isMergeable(route.contentClass);
  return canMerge ? template.code : undefined;
}
