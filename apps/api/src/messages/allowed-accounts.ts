import { Inject, Injectable } from '@nestjs/common';
import { AccountReader } from '#libs/accounts';
import { NotFoundError, ValidationError } from '#libs/core';
import { MessageReader } from '#libs/messages';
import { requireAccount, type Identity } from '#libs/security';

/** The accounts of a message against those that a key may use: who may not send through one may not send again either. */
@Injectable()
export class AllowedAccounts {
  constructor(
    @Inject(MessageReader) private readonly messages: MessageReader,
    @Inject(AccountReader) private readonly accounts: AccountReader,
  ) {}

  /**
   * An account that a message is to be sent through instead, and its channel.
   * @throws ForbiddenError `account_not_allowed`; ValidationError `unknown_account`
   */
  async target(code: string, identity: Identity): Promise<{ readonly account: string; readonly channel: string }> {
    requireAccount(identity, code);
    try {
      return { account: code, channel: (await this.accounts.get(code)).channel };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      throw new ValidationError([{ pointer: '/account', code: 'unknown_account', message: error.message }]);
    }
  }

  /** @throws ForbiddenError `account_not_allowed`; of one delivery, or of all */
  async require(messageId: string, identity: Identity, deliveryNo?: number): Promise<void> {
    if (identity.accounts === undefined) return;
    for (const code of await this.messages.listAccounts(messageId, deliveryNo)) requireAccount(identity, code);
  }
}
