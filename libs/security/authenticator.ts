import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '#libs/config';
import { CLOCK, type Clock } from '#libs/core';
import { hashKey, publicIdOf } from './api-key-format.js';
import type { Identity } from './identity.js';
import { isInRanges } from './ip-ranges.js';
import { KeyStore, type StoredKey } from './key-store.js';
import { PRESETS } from './scopes.js';
import { ForbiddenError, UnauthenticatedError } from './security-errors.js';

/** How long a revoked key may still be accepted by another process. */
const CACHE_MS = 5_000;
/** From this age on a key is read anew in the background: nobody waits for it. */
const REFRESH_AGE_MS = 2_500;
/** Who asks hears within this time that PostgreSQL does not answer. */
const LOOK_WITHIN_MS = 1_500;
const MAX_CACHED = 10_000;
const MAX_HEADER_LENGTH = 1_024;
const BEARER = /^Bearer +([\x21-\x7e]+)$/i;
/** Compared with when there is nothing to compare with, so that an unknown key takes as long as a wrong one. */
const NOBODY = hashKey('nobody');

interface KnownKey {
  readonly identity: Identity;
  readonly ipRanges?: readonly string[];
  readonly expiresAtMs: number;
  readonly readAtMs: number;
}

type FoundKey = Omit<KnownKey, 'readAtMs'>;
type Find = () => Promise<FoundKey | undefined>;

/** What this process knows, and what it is about to know. */
class Memory {
  readonly keys = new Map<string, KnownKey>();
  readonly looks = new Map<string, Promise<KnownKey | undefined>>();
}

/** Turns an `Authorization` header into the identity behind it. */
@Injectable()
export class Authenticator {
  private memory = new Memory();
  private readonly adminHash: Buffer | undefined;

  constructor(
    @Inject(APP_CONFIG) config: AppConfig,
    @Inject(KeyStore) private readonly store: KeyStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.adminHash = config.adminKey === undefined ? undefined : hashKey(config.adminKey);
  }

  /**
   * @param header the `Authorization` header
   * @param address where the request comes from, for keys that are bound to addresses
   * @throws UnauthenticatedError no key, or none that is valid
   * @throws ForbiddenError `ip_not_allowed`
   * @throws UnavailableError the database is away
   */
  async authenticate(header: string | undefined, address: string): Promise<Identity> {
    const token = tokenOf(header);
    if (token === undefined) throw new UnauthenticatedError();
    const hash = hashKey(token);
    const name = hash.toString('hex');
    return this.admit(await this.know(name, () => this.find(token, hash)), address);
  }

  /**
   * The identity behind a key that has proved itself before, as long as the key is valid.
   * @throws UnauthenticatedError, ForbiddenError `ip_not_allowed`, UnavailableError
   */
  async authenticateHolder(keyId: string, address: string): Promise<Identity> {
    return this.admit(await this.know(keyId, async () => toKey(await this.store.findById(keyId))), address);
  }

  /** Forgets what was cached, so that a change of keys takes effect at once in this process. */
  forget(): void {
    this.memory = new Memory();
  }

  private admit(known: KnownKey | undefined, address: string): Identity {
    if (!known || known.expiresAtMs <= this.clock.now().getTime()) throw new UnauthenticatedError();
    if (known.ipRanges && !isInRanges(address, known.ipRanges)) {
      throw new ForbiddenError('ip_not_allowed', 'The key may not be used from this address');
    }
    return known.identity;
  }

  private async know(name: string, find: Find): Promise<KnownKey | undefined> {
    const known = this.memory.keys.get(name);
    const ageMs = known ? this.clock.monotonicMs() - known.readAtMs : Infinity;
    if (ageMs >= CACHE_MS) return this.store.inTime(this.look(name, find), LOOK_WITHIN_MS);
    // When the look fails, what is known serves for as long as it may.
    if (ageMs >= REFRESH_AGE_MS) this.look(name, find).catch(() => undefined);
    return known;
  }

  /** However many ask at the same time, one look answers them. */
  private look(name: string, find: Find): Promise<KnownKey | undefined> {
    const { looks } = this.memory;
    const underWay = looks.get(name);
    if (underWay) return underWay;
    const look = this.lookOnce(name, find).finally(() => looks.delete(name));
    looks.set(name, look);
    return look;
  }

  private async lookOnce(name: string, find: Find): Promise<KnownKey | undefined> {
    const { keys } = this.memory;
    const readAtMs = this.clock.monotonicMs();
    const found = await find();
    const known = found && { ...found, readAtMs };
    if (keys.size >= MAX_CACHED) keys.clear();
    if (known) keys.set(name, known);
    else keys.delete(name);
    return known;
  }

  private find(token: string, hash: Buffer): Promise<FoundKey | undefined> {
    return this.isAdminKey(hash) ? this.adminKey() : this.storedKey(token, hash);
  }

  private isAdminKey(hash: Buffer): boolean {
    return timingSafeEqual(hash, this.adminHash ?? NOBODY);
  }

  private async adminKey(): Promise<FoundKey> {
    const caller = await this.store.ensureAdminCaller();
    return {
      identity: {
        callerId: caller.id,
        callerCode: caller.code,
        keyName: 'HONGYAN_ADMIN_KEY',
        preset: 'admin',
        scopes: new Set(PRESETS.admin),
      },
      expiresAtMs: Infinity,
    };
  }

  private async storedKey(token: string, hash: Buffer): Promise<FoundKey | undefined> {
    const publicId = publicIdOf(token);
    const row = publicId === undefined ? undefined : await this.store.findByPublicId(publicId);
    const isSame = timingSafeEqual(hash, row?.secret_hash ?? NOBODY);
    return isSame ? toKey(row) : undefined;
  }
}

function toKey(row: StoredKey | undefined): FoundKey | undefined {
  if (!row) return undefined;
  return {
    identity: identityOf(row),
    ...(row.ip_ranges && { ipRanges: row.ip_ranges }),
    expiresAtMs: row.expires_at?.getTime() ?? Infinity,
  };
}

function tokenOf(header: string | undefined): string | undefined {
  if (header === undefined || header.length > MAX_HEADER_LENGTH) return undefined;
  return BEARER.exec(header)?.[1];
}

function identityOf(row: StoredKey): Identity {
  return {
    callerId: row.caller_id,
    callerCode: row.caller_code,
    keyId: row.id,
    lineId: row.line_id,
    keyName: row.name,
    preset: row.preset,
    scopes: new Set(row.scopes),
    ...(row.templates && { templates: row.templates }),
    ...(row.accounts && { accounts: row.accounts }),
    ...(row.expires_at && { expiresAt: row.expires_at }),
    ...(Object.keys(row.limits).length > 0 && { limits: row.limits }),
  };
}
