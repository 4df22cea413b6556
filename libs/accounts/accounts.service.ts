import { Inject, Injectable } from '@nestjs/common';
import { ConflictError, type JsonObject } from '#libs/core';
import type { Alongside, Sql } from '#libs/database';
import { ForbiddenError } from '#libs/security';
import { changedFields, gateAfter, gateOf, isReconnected, type Gate } from './account-change.js';
import { AccountDescriber, type AccountDescription } from './account-description.js';
import { AccountValidator, type CheckedAccount } from './account-validator.js';
import { AccountVault } from './account-vault.js';
import {
  AccountsRepository,
  requireVersion,
  type AccountFields,
  type AccountFilter,
  type AccountPosition,
} from './accounts.repository.js';

/** How often a change is tried again when others change the same account at the same time. */
const TRIES = 5;

/** What else is written in the transaction of a change, such as its line in the audit log. */
export type AlongsideAccount = (sql: Sql, done: JsonObject & { readonly code: string }) => Promise<void>;

export interface UpdateOptions {
  /** Version the caller has seen (If-Match); absent: the last writer wins. */
  readonly ifVersion?: number | undefined;
  /** The caller may replace secrets, pause and resume, and nothing else. */
  readonly onlySecrets?: boolean;
  /** Written in the transaction of the change. */
  readonly alongside?: AlongsideAccount;
}

export interface UpdatedAccount {
  readonly account: AccountDescription;
  /** Names of the changed fields, those of the config as `config.<name>`. */
  readonly changed: readonly string[];
}

/** Accounts as people manage them. */
@Injectable()
export class AccountsService {
  constructor(
    @Inject(AccountsRepository) private readonly accounts: AccountsRepository,
    @Inject(AccountValidator) private readonly validator: AccountValidator,
    @Inject(AccountVault) private readonly vault: AccountVault,
    @Inject(AccountDescriber) private readonly describer: AccountDescriber,
  ) {}

  /** Newest first; at most `limit`. */
  async list(filter: AccountFilter, limit: number, after?: AccountPosition): Promise<readonly AccountDescription[]> {
    const accounts = await this.accounts.list(filter, limit, after);
    const tokens = await this.accounts.tokensOf(accounts.map((account) => account.code));
    return accounts.map((account) => this.describer.describe(account, tokens.get(account.code)));
  }

  /** @throws NotFoundError */
  async get(code: string): Promise<AccountDescription> {
    const account = await this.accounts.get(code);
    const [tokens, usage] = await Promise.all([this.accounts.tokensOf([code]), this.accounts.usageOf(code)]);
    return this.describer.describe(account, tokens.get(code), usage);
  }

  /**
   * @throws ValidationError with every fault
   * @throws ConflictError `already_exists`
   */
  async create(body: JsonObject, alongside?: AlongsideAccount): Promise<AccountDescription> {
    const wanted = this.validator.checkNew(body);
    const { channel, code } = wanted;
    const fields = this.toFields(wanted, gateOf(wanted, new Date()));
    await this.accounts.insert(fields, alongside && ((sql) => alongside(sql, { code, channel })));
    return this.get(code);
  }

  /**
   * Replaces everything but the secrets that the body leaves out. Other credentials or another address clear the token
   * and end a pause for credentials.
   * @throws NotFoundError, ValidationError
   * @throws ConflictError `precondition_failed`
   * @throws ForbiddenError when more than `onlySecrets` allows would change
   */
  async update(code: string, body: JsonObject, options: UpdateOptions = {}): Promise<UpdatedAccount> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const changed = await this.tryUpdate(code, body, options);
      if (changed) return { account: await this.get(code), changed };
    }
    throw new ConflictError('conflict', 'The account is being changed by others; try again');
  }

  /**
   * @throws NotFoundError
   * @throws ConflictError `in_use`, `precondition_failed`
   */
  async delete(code: string, ifVersion?: number, alongside?: Alongside): Promise<void> {
    await this.accounts.delete(code, ifVersion, alongside);
  }

  /** The names of the changed fields; undefined when somebody else was faster. */
  private async tryUpdate(
    code: string,
    body: JsonObject,
    options: UpdateOptions,
  ): Promise<readonly string[] | undefined> {
    const account = await this.accounts.get(code);
    requireVersion(account, options.ifVersion);
    const config = this.vault.open(code, account);
    const wanted = this.validator.checkChange(body, { code, channel: account.channel, config });
    const change = { account, config, wanted };
    const changed = changedFields(change);
    if (options.onlySecrets) this.refuseMoreThanSecrets(account.channel, changed);
    const fields = this.toFields(wanted, gateAfter(change, changed, new Date()));
    const { alongside } = options;
    const done = { code, changed: [...changed], status: fields.status };
    const isDone = await this.accounts.replace(account.version, fields, {
      dropToken: isReconnected(changed),
      alongside: alongside && ((sql) => alongside(sql, done)),
    });
    return isDone ? changed : undefined;
  }

  private refuseMoreThanSecrets(channel: string, changed: readonly string[]): void {
    const allowed = new Set(this.vault.secretFields(channel).map((field) => `config.${field.name}`));
    if (changed.some((field) => !allowed.has(field))) throw ForbiddenError.missingScope('accounts:write');
  }

  private toFields(wanted: CheckedAccount, gate: Gate): AccountFields {
    return {
      code: wanted.code,
      name: wanted.name,
      channel: wanted.channel,
      ...this.vault.seal(wanted.code, wanted.channel, wanted.config),
      limits: wanted.limits,
      baseUrl: wanted.baseUrl,
      proxyUrl: wanted.proxyUrl,
      compat: wanted.compat,
      ...gate,
    };
  }
}
