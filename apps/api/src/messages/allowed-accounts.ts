import { Inject, Injectable } from '@nestjs/common';
import { MessageReader } from '#libs/messages';
import { requireAccount, type Identity } from '#libs/security';

/** The accounts of a message against those that a key may use: who may not send through one may not send again either. */
@Injectable()
export class AllowedAccounts {
  constructor(@Inject(MessageReader) private readonly messages: MessageReader) {}

  /** @throws ForbiddenError `account_not_allowed`; of one delivery, or of all */
  async require(messageId: string, identity: Identity, deliveryNo?: number): Promise<void> {
    if (identity.accounts === undefined) return;
    for (const code of await this.messages.listAccounts(messageId, deliveryNo)) requireAccount(identity, code);
  }
}
