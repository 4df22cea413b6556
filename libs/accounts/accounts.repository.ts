import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityManager, In, Repository } from 'typeorm';
import { ConflictError, NotFoundError } from '#libs/core';
import { isUniqueViolation, sqlOf, type Alongside } from '#libs/database';
import { AccessTokenEntity } from './access-token.entity.js';
import { AccountReader } from './account-reader.js';
import { AccountUsageQuery, type AccountUsage } from './account-usage.js';
import { AccountEntity } from './account.entity.js';
import type { AccountStatus } from './sending-account.js';

export interface AccountFilter {
  readonly channel?: string;
  readonly status?: AccountStatus;
}

/** A place in the list: newest first, equal instants by code. */
export interface AccountPosition {
  readonly createdAt: Date;
  readonly code: string;
}

export type AccountFields = Omit<
  AccountEntity,
  'version' | 'createdAt' | 'updatedAt' | 'blockedUntil' | 'breakerUntil' | 'breakerOpenedAt'
>;

/** How a row is replaced. */
export interface Replacing {
  /** Forgets the token and every back-off with it. */
  readonly dropToken: boolean;
  readonly alongside?: Alongside | undefined;
}

/** The rows of `account`. Every write makes this process read the account anew. */
@Injectable()
export class AccountsRepository {
  constructor(
    @InjectRepository(AccountEntity) private readonly accounts: Repository<AccountEntity>,
    @InjectRepository(AccessTokenEntity) private readonly tokens: Repository<AccessTokenEntity>,
    @Inject(AccountUsageQuery) private readonly usage: AccountUsageQuery,
    @Inject(AccountReader) private readonly reader: AccountReader,
  ) {}

  list(filter: AccountFilter, limit: number, after?: AccountPosition): Promise<AccountEntity[]> {
    const place = "(date_trunc('milliseconds', account.created_at), account.code)";
    const query = this.accounts
      .createQueryBuilder('account')
      .orderBy("date_trunc('milliseconds', account.created_at)", 'DESC')
      .addOrderBy('account.code', 'DESC')
      .limit(limit);
    if (filter.channel !== undefined) query.andWhere('account.channel = :channel', { channel: filter.channel });
    if (filter.status !== undefined) query.andWhere('account.status = :status', { status: filter.status });
    if (after) query.andWhere(`${place} < (:at::timestamptz, :code)`, { at: after.createdAt, code: after.code });
    return query.getMany();
  }

  /** @throws NotFoundError */
  async get(code: string): Promise<AccountEntity> {
    const account = await this.accounts.findOneBy({ code });
    if (!account) throw new NotFoundError('There is no such account');
    return account;
  }

  /** By account code. */
  async tokensOf(codes: readonly string[]): Promise<ReadonlyMap<string, AccessTokenEntity>> {
    const tokens = await this.tokens.findBy({ account: In([...codes]), purpose: 'api' });
    return new Map(tokens.map((token) => [token.account, token]));
  }

  usageOf(code: string): Promise<AccountUsage> {
    return this.usage.of(code);
  }

  /** @throws ConflictError `already_exists` */
  async insert(fields: AccountFields, alongside?: Alongside): Promise<void> {
    try {
      await this.accounts.manager.transaction(async (manager) => {
        await manager.insert(AccountEntity, { ...fields, version: 1 });
        await alongside?.(sqlOf(manager));
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new ConflictError('already_exists', `The account "${fields.code}" exists already`);
    } finally {
      this.reader.invalidate(fields.code);
    }
  }

  /**
   * Writes all fields if the row still has `version`.
   * False when somebody else was faster.
   */
  async replace(version: number, fields: AccountFields, { alongside, dropToken }: Replacing): Promise<boolean> {
    const { code } = fields;
    const isReplaced = await this.accounts.manager.transaction(async (manager) => {
      const { affected } = await manager.update(AccountEntity, { code, version }, { ...fields, version: version + 1 });
      if (affected && dropToken) await forgetToken(manager, code);
      if (affected) await alongside?.(sqlOf(manager));
      return Boolean(affected);
    });
    this.reader.invalidate(code);
    return isReplaced;
  }

  /**
   * @throws NotFoundError
   * @throws ConflictError `in_use` while a template or an open delivery needs it, `precondition_failed`
   */
  async delete(code: string, ifVersion?: number, alongside?: Alongside): Promise<void> {
    await this.accounts.manager.transaction(async (manager) => {
      const account = await manager.findOne(AccountEntity, { where: { code }, lock: { mode: 'pessimistic_write' } });
      if (!account) throw new NotFoundError('There is no such account');
      requireVersion(account, ifVersion);
      refuseWhileUsed(await this.usage.of(code, sqlOf(manager)));
      await manager.delete(AccountEntity, { code });
      await alongside?.(sqlOf(manager));
    });
    this.reader.invalidate(code);
  }
}

/** @throws ConflictError `precondition_failed` */
export function requireVersion(account: AccountEntity, version: number | undefined): void {
  if (version === undefined || account.version === version) return;
  throw new ConflictError('precondition_failed', 'The account has changed since it was read');
}

function refuseWhileUsed({ templates, openDeliveries }: AccountUsage): void {
  if (templates.length === 0 && openDeliveries === 0) return;
  throw new ConflictError('in_use', `In use by ${templates.length} templates and ${openDeliveries} open deliveries`, {
    meta: { templates: [...templates], openDeliveries },
  });
}

/** The version moves on, so that a fetch that is under way with the old credentials stores nothing. */
async function forgetToken(manager: EntityManager, account: string): Promise<void> {
  await manager
    .createQueryBuilder()
    .update(AccessTokenEntity)
    .set({
      value: null,
      version: () => 'version + 1',
      expiresAt: null,
      refreshingUntil: null,
      retryAt: null,
      failures: 0,
      lastError: null,
    })
    .where({ account })
    .execute();
}
