import { Inject, Injectable } from '@nestjs/common';
import { NotFoundError } from '#libs/core';
import type { Alongside } from '#libs/database';
import { AccountGates } from './account-gates.js';
import { AccountReader } from './account-reader.js';
import type { AccountDescription } from './account-description.js';
import { AccountsService } from './accounts.service.js';
import { TokenService } from './token.service.js';

/** A token for systems that share it with this one. */
export interface SharedToken {
  /** Plain text. */
  readonly value: string;
  readonly expiresAt: Date | null;
}

/** What operators do with an account beside editing it. */
@Injectable()
export class AccountOperations {
  constructor(
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(AccountGates) private readonly gates: AccountGates,
    @Inject(AccountReader) private readonly reader: AccountReader,
    @Inject(TokenService) private readonly tokens: TokenService,
  ) {}

  /** @throws NotFoundError */
  async pause(code: string, reason?: string, alongside?: Alongside): Promise<AccountDescription> {
    await this.accounts.get(code);
    await this.gates.pause(code, reason, alongside);
    return this.accounts.get(code);
  }

  /** @throws NotFoundError */
  async resume(code: string, alongside?: Alongside): Promise<AccountDescription> {
    await this.accounts.get(code);
    await this.gates.resume(code, alongside);
    return this.accounts.get(code);
  }

  /**
   * The access token in force, fetched if there is none.
   * @throws NotFoundError also for a channel without tokens
   * @throws the errors of `TokenService.current`
   */
  async shareToken(code: string): Promise<SharedToken> {
    const { channel } = await this.accounts.get(code);
    if (!this.tokens.hasToken(channel)) throw new NotFoundError(`Accounts of ${channel} have no access token`);
    const { value } = await this.tokens.current(await this.reader.get(code));
    const { token } = await this.accounts.get(code);
    return { value, expiresAt: token?.expiresAt ?? null };
  }
}
