import { Inject, Injectable } from '@nestjs/common';
import type { SendingAccount } from '#libs/accounts';
import type { Mention } from '#libs/channels';
import { CLOCK, NotFoundError, ValidationError, type Clock } from '#libs/core';
import { LeaseKeeper, quietUntil, type ClaimedDelivery } from '#libs/messages';
import { TemplateCatalogue, renderRoute, type CompiledTemplate, type InlineContent } from '#libs/templates';
import type { DispatchRun } from '../dispatch-run.js';
import type { Step, StepResult } from '../pipeline.js';
import { SendingGates } from '../sending-gates.js';
import { endAs, waitFor, type OutcomeDraft, type Verdict } from '../verdict.js';
import type { PreparedDelivery } from './prepared-delivery.js';

const HIGH = 1;

/** Claims the delivery, checks what time may have changed since it was accepted, and renders its content. */
@Injectable()
export class ValidateStep implements Step<DispatchRun, PreparedDelivery, Verdict> {
  readonly name = 'validate';

  constructor(
    @Inject(LeaseKeeper) private readonly leases: LeaseKeeper,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
    @Inject(SendingGates) private readonly gates: SendingGates,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(run: DispatchRun): Promise<StepResult<PreparedDelivery, Verdict>> {
    run.lease = await this.leases.claim(run.messageId, run.deliveryNo);
    if (!run.lease) return { stop: null };
    const { delivery } = run.lease;
    const template = withoutManners(await this.templateOf(delivery), delivery);
    const wait = this.quiet(template, delivery);
    if (wait) return { stop: wait };
    const passed = await this.gates.pass(run, delivery.account);
    if ('wait' in passed) return { stop: passed.wait };
    return { next: this.prepare(run, delivery, template, passed.account) };
  }

  private prepare(
    run: DispatchRun,
    delivery: ClaimedDelivery,
    template: CompiledTemplate,
    account: SendingAccount,
  ): PreparedDelivery {
    const route = template.routes.find(({ no }) => no === delivery.routeNo);
    if (!route) throw new NotFoundError(`The template has no route ${delivery.routeNo}`, 'no_route');
    const { content, mentions, faults, notes } = renderRoute(route, delivery.params, ownMentions(delivery));
    if (faults.length > 0) throw new ValidationError(faults);
    run.notes.push(...notes.map((note) => ({ ...note })));
    return { run, delivery, template, route, account, content, mentions };
  }

  private async templateOf({ template, templateVersion, inlineContent }: ClaimedDelivery): Promise<CompiledTemplate> {
    if (template !== undefined && templateVersion !== undefined) {
      return this.templates.getVersion(template, templateVersion);
    }
    // Written by this product after the same checks as a template's content.
    return this.templates.compileInline(inlineContent as unknown as InlineContent);
  }

  private quiet({ quietHours }: CompiledTemplate, { priority }: ClaimedDelivery): OutcomeDraft | undefined {
    if (!quietHours || (quietHours.highBypasses && priority === HIGH)) return undefined;
    const now = this.clock.now();
    const until = quietUntil(quietHours, now);
    if (!until) return undefined;
    if (quietHours.action === 'drop') return endAs('suppressed', 'quiet_hours_drop');
    return waitFor('quiet_hours', until.getTime() - now.getTime());
  }
}

/** A trial is sent whenever and however often a person asks for it; of other deliveries a person may skip rules. */
function withoutManners(template: CompiledTemplate, { isTest, skips }: ClaimedDelivery): CompiledTemplate {
  const isOff = (rule: string): boolean => isTest || skips.includes(rule);
  if (!isTest && skips.length === 0) return template;
  const { dedupe, quietHours } = template;
  return {
    ...template,
    dedupe: {
      content: isOff('dedupe') ? null : dedupe.content,
      frequency: isOff('frequency') ? null : dedupe.frequency,
    },
    quietHours: isOff('quiet_hours') ? null : quietHours,
  };
}

/** The people to mention, as planned at acceptance. */
function ownMentions({ recipients }: ClaimedDelivery): readonly Mention[] {
  return recipients.flatMap(({ detail }) => {
    const mentions: unknown = detail?.['mentions'];
    return Array.isArray(mentions) ? (mentions as Mention[]) : [];
  });
}
