import { Inject, Injectable } from '@nestjs/common';
import { AccountGates } from '#libs/accounts';
import type { FamilyName } from '#libs/channels';
import type { ClaimedPoll, RecipientReceipt } from '#libs/messages';
import { RefusalFeedback } from '../refusal-feedback.js';
import { vendorTypeOf } from './receipt-verdict.js';

/** What receipts mean beyond the message they are about. */
@Injectable()
export class ReceiptEffects {
  constructor(
    @Inject(AccountGates) private readonly gates: AccountGates,
    @Inject(RefusalFeedback) private readonly feedback: RefusalFeedback,
  ) {}

  async block(account: string, ms: number): Promise<void> {
    await this.gates.blockUntil(account, ms);
  }

  async noteRefused(family: FamilyName, poll: ClaimedPoll, receipts: readonly RecipientReceipt[]): Promise<void> {
    const people = poll.recipients.filter((recipient) => vendorTypeOf(recipient) === 'user');
    const idOf = new Map(people.map(({ id, rowNo }) => [rowNo, id]));
    await this.feedback.note(
      family,
      receipts.map(({ reason, rowNo, status }) => ({ status, reason, id: idOf.get(rowNo) })),
    );
  }
}
