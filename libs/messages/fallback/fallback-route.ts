import type { CompiledRoute, CompiledTemplate } from '#libs/templates';

/** A route that the recipients of a delivery may still go on to, and the account that would send there. */
export interface FallbackRoute {
  readonly route: number;
  readonly account: string;
  /** The accounts of which any may send there instead; absent: only that one. */
  readonly pool?: readonly string[];
}

/** What of a request decides about its routes. */
interface Narrowed {
  readonly template: CompiledTemplate;
  readonly channel?: string;
  readonly account?: string;
}

/** The routes behind `route` that the request leaves open, in order; none without a fallback rule. */
export function laterRoutes({ account, channel, template }: Narrowed, route: CompiledRoute): readonly CompiledRoute[] {
  if (!template.fallback || template.strategy !== 'first') return [];
  return template.routes.filter(
    (later) =>
      later.no > route.no &&
      (channel === undefined || later.channel.name === channel) &&
      (account === undefined || later.accounts.includes(account)),
  );
}

/** The accounts of a route that stand in for each other; none where there is but one, or the request names one. */
export const poolOf = ({ account }: Pick<Narrowed, 'account'>, { accounts }: CompiledRoute): readonly string[] =>
  account === undefined && accounts.length > 1 ? accounts : [];

/** How long after a delivery was accepted the sweep looks whether it has to go on; undefined: never. */
export function firstLookSeconds({ fallback }: Pick<CompiledTemplate, 'fallback'>): number | undefined {
  const isTimed = fallback?.on.some((cause) => cause === 'timeout' || cause === 'unread') ?? false;
  return isTimed ? fallback?.afterSeconds : undefined;
}
