import type { Mention } from '#libs/channels';
import { countFitting, renderRoute, type CompiledTemplate, type DigestContent, type DigestPart } from '#libs/templates';
import type { Params } from '../params.js';

/** A delivery that waits for a slot, and what it would say. */
export interface WaitingDelivery {
  readonly messageId: string;
  readonly no: number;
  readonly account: string;
  readonly channel: string;
  readonly routeNo: number;
  readonly template: CompiledTemplate;
  readonly params: Params;
  /** The message's own; those of the route are added. */
  readonly mentions: readonly Mention[];
}

export interface PlannedDigest {
  readonly content: DigestContent;
  readonly sources: readonly Pick<WaitingDelivery, 'messageId' | 'no'>[];
}

type Rendered = Pick<WaitingDelivery, 'account' | 'channel' | 'template'> & {
  readonly route: CompiledTemplate['routes'][number];
  readonly part: DigestPart;
};

/**
 * The digest of deliveries of one caller, template and account, oldest first: of those that are of the oldest one's kind,
 * as many as fit into one message. Undefined when there are not two. What cannot be rendered any more travels singly,
 * and fails as it would have failed. Pure.
 */
export function planDigest(waiting: readonly WaitingDelivery[]): PlannedDigest | undefined {
  const rendered = waiting.flatMap((delivery) => render(delivery) ?? []);
  const [first] = rendered;
  if (!first) return undefined;
  const alike = rendered.filter(({ route }) => route.kind === first.route.kind);
  const parts = alike.map(({ part }) => part);
  const count = countFitting(first.route, parts);
  if (count < 2) return undefined;
  const fitting = parts.slice(0, count);
  return {
    content: { ...mannersOf(first), parts: fitting, left: parts.length - count },
    sources: fitting.map(({ deliveryNo: no, messageId }) => ({ messageId, no })),
  };
}

function render({ account, channel, mentions, messageId, no, params, routeNo, template }: WaitingDelivery) {
  const route = template.routes.find((candidate) => candidate.no === routeNo);
  if (!route) return undefined;
  const rendered = renderRoute(route, params, mentions);
  if (rendered.faults.length > 0) return undefined;
  const part = { messageId, deliveryNo: no, content: rendered.content, mentions: rendered.mentions };
  return { account, channel, template, route, part } satisfies Rendered;
}

/** How a digest behaves is said by the template of what it carries. */
function mannersOf({ account, channel, route, template }: Rendered): Omit<DigestContent, 'parts' | 'left'> {
  const { onAmbiguous, quietHours } = template;
  return { channel, account, options: route.options, onAmbiguous, ...(quietHours && { quietHours }) };
}
