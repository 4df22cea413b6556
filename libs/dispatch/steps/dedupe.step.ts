import { Inject, Injectable } from '@nestjs/common';
import {
  DedupeStore,
  canonicalRecipient,
  dedupeKey,
  type ClaimAnswer,
  type ClaimedRecipient,
  type DedupeRule,
  type RecipientOutcome,
} from '#libs/messages';
import { contentHash, type WindowRule } from '#libs/templates';
import type { Step, StepResult } from '../pipeline.js';
import type { Verdict } from '../verdict.js';
import type { AdmittedDelivery, PreparedDelivery } from './prepared-delivery.js';
import { decideRepeatCheck, tooLateToRepeat } from './repeat-check.js';

/** Suppresses recipients who have had this content, or this template too often, within the template's windows. */
@Injectable()
export class DedupeStep implements Step<PreparedDelivery, AdmittedDelivery, Verdict> {
  readonly name = 'dedupe';

  constructor(@Inject(DedupeStore) private readonly store: DedupeStore) {}

  async run(prepared: PreparedDelivery): Promise<StepResult<AdmittedDelivery, Verdict>> {
    const { delivery, run } = prepared;
    // Asked together, both are one statement.
    const [suppressed, repeatCheck] = await Promise.all([
      this.admitAll(prepared),
      decideRepeatCheck(prepared, this.store),
    ]);
    run.repeatCheck = repeatCheck;
    const late = tooLateToRepeat(prepared, repeatCheck);
    if (late) return { stop: late };
    run.settled.push(...suppressed.flatMap((outcome) => outcome ?? []));
    const admitted = delivery.recipients.filter((_, index) => !suppressed[index]);
    if (admitted.length > 0) return { next: { ...prepared, admitted } };
    return { stop: { status: 'suppressed', reason: suppressed[0]?.reason ?? 'duplicate_content' } };
  }

  private async admitAll(prepared: PreparedDelivery): Promise<readonly (RecipientOutcome | undefined)[]> {
    const { content, frequency } = prepared.template.dedupe;
    if (!content && !frequency) return [];
    const hash = contentHash(prepared.content, prepared.mentions);
    return Promise.all(prepared.delivery.recipients.map((recipient) => this.admit(prepared, recipient, hash)));
  }

  /** Why the recipient is left out, or undefined when admitted. */
  private async admit(
    prepared: PreparedDelivery,
    recipient: ClaimedRecipient,
    hash: Buffer,
  ): Promise<RecipientOutcome | undefined> {
    const { content, frequency } = prepared.template.dedupe;
    const sameContent = content && (await this.claim(prepared, recipient, 'content', content, hash));
    if (sameContent && !sameContent.granted) return suppress(recipient, 'duplicate_content', sameContent.holder);
    const tooOften = frequency && (await this.claim(prepared, recipient, 'frequency', frequency));
    if (tooOften && !tooOften.granted) return suppress(recipient, 'frequency_limit', tooOften.holder);
    return undefined;
  }

  private async claim(
    { delivery, route, run, template }: PreparedDelivery,
    recipient: ClaimedRecipient,
    rule: DedupeRule,
    { limit, windowSeconds }: WindowRule,
    hash?: Buffer,
  ): Promise<ClaimAnswer> {
    const key = dedupeKey({
      rule,
      template: template.code ?? '',
      channel: route.channel.name,
      recipient: canonicalRecipient(recipient, route.channel.family),
      ...(hash && { contentHash: hash }),
    });
    const { messageId } = delivery;
    const answer = await this.store.claim({ key, messageId, maxOwners: limit, windowSeconds, recipient });
    if (answer.granted) run.claims.push({ key, rowNo: recipient.rowNo, windowSeconds });
    return answer;
  }
}

const suppress = ({ rowNo }: ClaimedRecipient, reason: string, duplicateOf: string): RecipientOutcome => ({
  rowNo,
  status: 'suppressed',
  reason,
  detail: { duplicateOf },
});
