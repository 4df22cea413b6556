import { Inject, Injectable, Logger } from '@nestjs/common';
import { ChannelRegistry } from '#libs/channels';
import { ConflictError, NotFoundError, UnavailableError, ValidationError, type JsonValue } from '#libs/core';
import { mayUseAccount, redact } from '#libs/security';
import { TemplateCatalogue, type CompiledTemplate } from '#libs/templates';
import type { SendRequest } from '../plan/message-plan.js';
import { SubmitMessageService } from '../submit/submit-message.service.js';
import { CorrectionStore, type CorrectionOutcome, type DueCorrection } from './correction.store.js';

const PER_PASS = 100;

/**
 * Sends a further message where a recall could not take one back: to the same people, through the account that sent
 * it. The business key names the delivery, so that no correction is sent twice.
 */
@Injectable()
export class CorrectionService {
  private readonly logger = new Logger('Recall');

  constructor(
    @Inject(CorrectionStore) private readonly store: CorrectionStore,
    @Inject(SubmitMessageService) private readonly submissions: SubmitMessageService,
    @Inject(TemplateCatalogue) private readonly templates: TemplateCatalogue,
    @Inject(ChannelRegistry) private readonly channels: ChannelRegistry,
  ) {}

  /** Answers how many were due. What fails for want of PostgreSQL stays due. */
  async sendDue(): Promise<number> {
    const due = await this.store.takeDue(PER_PASS);
    for (const item of due) await this.settle(item);
    return due.length;
  }

  /** One that cannot be settled is due again in half a minute and holds up no other. */
  private async settle(item: DueCorrection): Promise<void> {
    const { deliveryNo, messageId, recallId } = item;
    const where = { recallId, messageId, deliveryNo };
    try {
      const outcome = await this.send(item);
      await this.store.finish(item, outcome);
      if (outcome.status === 'failed')
        this.logger.warn({ event: 'correction_failed', ...where, reason: outcome.reason });
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      this.logger.error({ event: 'correction_not_settled', ...where, error: redact(String(error)) });
    }
  }

  private async send(item: DueCorrection): Promise<CorrectionOutcome> {
    const { account, accountGone, callerId, correction } = item;
    if (accountGone) return { status: 'failed', reason: 'recall_account_gone' };
    if (!mayUseAccount(correction, account)) return { status: 'failed', reason: 'account_not_allowed' };
    try {
      const template = await this.templates.getPublished(correction.template);
      const request = this.requestFor(item, template);
      const { mayBroadcast } = correction;
      const submission = await this.submissions.submit(request, { callerId, mayBroadcast });
      return {
        status: 'sent',
        messageId: submission.outcome === 'accepted' ? submission.plan.id : submission.messageId,
      };
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      return { status: 'failed', reason };
    }
  }

  private requestFor(item: DueCorrection, template: CompiledTemplate): SendRequest {
    const { account, channel, correction, deliveryNo, messageId, recallId } = item;
    return {
      // It leaves through the account of the message it corrects, whichever the template names.
      template: { ...template, routes: template.routes.map((route) => ({ ...route, accounts: [account] })) },
      channel,
      recipients: item.recipients.flatMap((recipient) => this.written(recipient, channel)),
      params: correction.params,
      priority: 'high',
      businessKey: `correction:${recallId}:${messageId}:${deliveryNo}`,
      metadata: { recallId, corrects: messageId },
    };
  }

  /** A recipient as a caller would write it; a chat group is the account itself. */
  private written({ id, type }: DueCorrection['recipients'][number], channel: string): JsonValue[] {
    const { family } = this.channels.get(channel);
    switch (type) {
      case 'group':
        return [];
      case 'native':
        return [{ [family]: id }];
      case 'department':
      case 'tag':
        return [{ [family]: { [type]: id } }];
      case 'all':
        return [{ [family]: { all: true } }];
      default:
        return [{ [type]: id }];
    }
  }
}

/** Why it will never be accepted; undefined when it may be later. */
function refusalOf(error: unknown): string | undefined {
  if (error instanceof ValidationError) return error.faults[0]?.code ?? error.code;
  if (error instanceof ConflictError || error instanceof NotFoundError) return error.code;
  return undefined;
}
