import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, Repository, type EntityManager } from 'typeorm';
import { CLOCK, ConflictError, isUuid, newId, NotFoundError, type Clock } from '#libs/core';
import { sqlOf, type Sql } from '#libs/database';
import { ApiKeyEntity } from './api-key.entity.js';
import { mintKey } from './api-key-format.js';
import { Authenticator } from './authenticator.js';
import { CallerEntity } from './caller.entity.js';
import type { KeyLimits } from './key-limits.js';
import type { Preset, Scope } from './scopes.js';

export interface ApiKeySettings {
  readonly name: string;
  readonly preset: Preset;
  readonly scopes: readonly Scope[];
  readonly templates: readonly string[] | null;
  readonly accounts: readonly string[] | null;
  readonly ipRanges: readonly string[] | null;
  readonly expiresAt: Date | null;
  readonly limits: KeyLimits;
}

/** What of a key can be changed; what is absent stays. */
export type ApiKeyChange = Partial<Omit<ApiKeySettings, 'preset' | 'scopes'>>;

/** A new key: `text` is known here and never again. */
export interface IssuedKey {
  readonly key: ApiKeyEntity;
  readonly text: string;
}

interface KeyToInsert {
  readonly caller: CallerEntity;
  readonly settings: ApiKeySettings;
  /** The key that it follows. */
  readonly lineId?: string;
}

/** What else is written in the transaction that makes or ends a key. */
export type AlongsideKey = (key: ApiKeyEntity, sql: Sql) => Promise<void>;

/** Keys of callers: made, listed, rotated, revoked. */
@Injectable()
export class ApiKeysService {
  constructor(
    @InjectRepository(ApiKeyEntity) private readonly keys: Repository<ApiKeyEntity>,
    private readonly authenticator: Authenticator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first, those before the id `before`; at most `limit`. Revoked keys are left out. */
  list(limit: number, before?: string): Promise<ApiKeyEntity[]> {
    return this.keys.find({
      where: { revokedAt: IsNull(), ...(before !== undefined && { id: LessThan(before) }) },
      order: { id: 'DESC' },
      relations: { caller: true },
      take: limit,
    });
  }

  /** @throws NotFoundError also for a revoked key */
  async get(id: string): Promise<ApiKeyEntity> {
    const key = isUuid(id)
      ? await this.keys.findOne({ where: { id, revokedAt: IsNull() }, relations: { caller: true } })
      : null;
    if (!key) throw new NotFoundError('There is no such key');
    return key;
  }

  /** @param alongside gets the new key in the transaction that stores it */
  async issue(caller: CallerEntity, settings: ApiKeySettings, alongside?: AlongsideKey): Promise<IssuedKey> {
    return this.keys.manager.transaction((manager) => this.insert(manager, { caller, settings }, alongside));
  }

  /**
   * Issues a key with the same rights; the old one stays valid for `overlapMs` so that its users can change over.
   * @throws NotFoundError
   * @throws ConflictError `key_expired`
   */
  async rotate(id: string, overlapMs: number, alongside?: AlongsideKey): Promise<IssuedKey> {
    const old = await this.get(id);
    const now = this.clock.now().getTime();
    if (old.expiresAt && old.expiresAt.getTime() <= now) {
      throw new ConflictError('key_expired', 'The key has expired; create a new one');
    }
    const end = Math.min(old.expiresAt?.getTime() ?? Infinity, now + overlapMs);
    const issued = await this.keys.manager.transaction(async (manager) => {
      await manager.update(ApiKeyEntity, { id }, { expiresAt: new Date(end) });
      const lineId = old.lineId ?? old.id;
      return this.insert(manager, { caller: old.caller, settings: old, lineId }, alongside);
    });
    this.authenticator.forget();
    return issued;
  }

  /** Other processes notice within five seconds. @throws NotFoundError */
  async update(id: string, change: ApiKeyChange, alongside?: AlongsideKey): Promise<ApiKeyEntity> {
    const key = await this.get(id);
    await this.keys.manager.transaction(async (manager) => {
      const columns = copied({ ...key, ...change });
      await manager.update(ApiKeyEntity, { id }, columns);
      Object.assign(key, columns);
      await alongside?.(key, sqlOf(manager));
    });
    this.authenticator.forget();
    return key;
  }

  /** @throws NotFoundError */
  async revoke(id: string, alongside?: AlongsideKey): Promise<ApiKeyEntity> {
    const key = await this.get(id);
    await this.keys.manager.transaction(async (manager) => {
      await manager.update(ApiKeyEntity, { id }, { revokedAt: this.clock.now() });
      await alongside?.(key, sqlOf(manager));
    });
    this.authenticator.forget();
    return key;
  }

  private async insert(
    manager: EntityManager,
    { caller, lineId, settings }: KeyToInsert,
    alongside?: AlongsideKey,
  ): Promise<IssuedKey> {
    const minted = mintKey();
    const key = this.keys.create({
      id: newId(),
      callerId: caller.id,
      lineId: lineId ?? null,
      publicId: minted.publicId,
      secretHash: minted.hash,
      preset: settings.preset,
      scopes: [...settings.scopes],
      ...copied(settings),
      lastUsedAt: null,
      revokedAt: null,
      createdAt: this.clock.now(),
    });
    await manager.insert(ApiKeyEntity, key);
    await alongside?.(key, sqlOf(manager));
    key.caller = caller;
    return { key, text: minted.text };
  }
}

const copied = ({
  accounts,
  expiresAt,
  ipRanges,
  limits,
  name,
  templates,
}: Omit<ApiKeySettings, 'preset' | 'scopes'>) => ({
  name,
  templates: templates && [...templates],
  accounts: accounts && [...accounts],
  ipRanges: ipRanges && [...ipRanges],
  expiresAt,
  limits: { ...limits },
});
