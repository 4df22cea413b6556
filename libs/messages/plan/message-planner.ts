import { Inject, Injectable } from '@nestjs/common';
import { AssetCheck, type CheckedContent } from '#libs/assets';
import { CLOCK, ValidationError, type Clock, type Fault } from '#libs/core';
import { DirectoryView } from './directory-view.js';
import type { MessagePlan, PlannedContent, SendRequest } from './message-plan.js';
import { planMessage } from './plan-message.js';

export interface PlanContext {
  readonly callerId: string;
  /** Scope `messages:broadcast`. */
  readonly mayBroadcast: boolean;
  /** May values name every caller's assets? Default: only the sender's own. */
  readonly seesAllAssets?: boolean;
  /** Faults of the request's outer shape, told together with those that planning finds. */
  readonly faults?: readonly Fault[];
}

/** Plans messages, and looks up the files that they name: the one thing about content that pure code cannot tell. */
@Injectable()
export class MessagePlanner {
  constructor(
    @Inject(AssetCheck) private readonly assets: AssetCheck,
    @Inject(DirectoryView) private readonly directory: DirectoryView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ValidationError with every fault */
  async plan(request: SendRequest, context: PlanContext): Promise<MessagePlan> {
    const { callerId, faults = [], mayBroadcast } = context;
    const unreachable = await this.directory.unreachable(request);
    const result = await planMessage(request, { callerId, mayBroadcast, now: this.clock.now(), unreachable });
    if ('faults' in result) throw new ValidationError([...faults, ...result.faults]);
    const all = [...faults, ...(await this.assetFaults(result.plan, context))];
    if (all.length > 0) throw new ValidationError(all);
    return result.plan;
  }

  private async assetFaults(
    { contents, request }: MessagePlan,
    { callerId, seesAllAssets = false }: PlanContext,
  ): Promise<readonly Fault[]> {
    const naming = contents.filter(({ route }) => route.mayNameAssets);
    if (naming.length === 0) return [];
    const isInline = request.template.code === null;
    const checked = naming.map((content) => checkedOf(content, isInline));
    const faults = await this.assets.faultsOf(checked, seesAllAssets ? {} : { callerId });
    return [...new Map(faults.map((fault) => [`${fault.pointer ?? ''} ${fault.code}`, fault])).values()];
  }
}

/** The author of a template was asked when it was saved; content without a template is the sender's. */
function checkedOf({ content, route }: PlannedContent, isInline: boolean): CheckedContent {
  const { channel, contentClass, ownAssets } = route;
  const base = ['routes', route.no - 1, 'content'];
  return { channel, contentClass, content, base, ...(!isInline && { granted: ownAssets }) };
}
