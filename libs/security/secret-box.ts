import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig, type EncryptionKey } from '#libs/config';
import { ConfigError } from '#libs/core';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** An encrypted value, safe to store as JSON. All members but `v` and `kid` are base64. */
export interface SealedSecret {
  readonly v: 1;
  /** Id of the key that wraps the data key. */
  readonly kid: string;
  /** The data key, encrypted. */
  readonly dek: string;
  readonly data: string;
}

/** IV, tag and cipher text in one piece, base64. */
function encrypt(key: Buffer, plain: Buffer, aad: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(aad, 'utf8'));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}

function decrypt(key: Buffer, packed: string, aad: string): Buffer {
  const bytes = Buffer.from(packed, 'base64');
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(aad, 'utf8'));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

/**
 * Envelope encryption of secrets at rest: a fresh data key and IV per value, the data key wrapped by a key of the
 * configuration. `aad` names where the value belongs, e.g. `account:sales:corpSecret`; a sealed value that is moved
 * somewhere else does not open.
 */
@Injectable()
export class SecretBox {
  private readonly keys: readonly EncryptionKey[];

  constructor(@Inject(APP_CONFIG) config: AppConfig) {
    this.keys = config.encryptionKeys;
  }

  seal(plain: string, aad: string): SealedSecret {
    const dataKey = randomBytes(KEY_BYTES);
    return this.wrap(dataKey, encrypt(dataKey, Buffer.from(plain, 'utf8'), aad), aad);
  }

  /** @throws ConfigError `unreadable_secret` when the key is missing, or the value was changed or moved. */
  open(sealed: SealedSecret, aad: string): string {
    try {
      return decrypt(this.unwrap(sealed, aad), sealed.data, aad).toString('utf8');
    } catch (cause) {
      throw unreadable(aad, cause);
    }
  }

  /** Id of the key that wraps what is sealed from now on. */
  get keyId(): string {
    return this.primary().id;
  }

  /** Whether the value is wrapped by a key that only still decrypts. */
  isStale(sealed: SealedSecret): boolean {
    return sealed.kid !== this.primary().id;
  }

  /** Wraps the data key by the current key; the encrypted value itself stays. */
  rewrap(sealed: SealedSecret, aad: string): SealedSecret {
    try {
      return this.wrap(this.unwrap(sealed, aad), sealed.data, aad);
    } catch (cause) {
      throw unreadable(aad, cause);
    }
  }

  /** Equal texts have equal fingerprints under one key: to find a secret without opening every one. Hex. */
  fingerprint(text: string): string {
    return hmac(this.primary(), text);
  }

  /** The fingerprints under every configured key, for a look-up while keys are rotated. */
  fingerprints(text: string): string[] {
    return this.keys.map((key) => hmac(key, text));
  }

  private wrap(dataKey: Buffer, data: string, aad: string): SealedSecret {
    const { id, key } = this.primary();
    return { v: 1, kid: id, dek: encrypt(key, dataKey, `${id}:${aad}`), data };
  }

  private unwrap(sealed: SealedSecret, aad: string): Buffer {
    const key = this.keys.find((candidate) => candidate.id === sealed.kid);
    if (!key) throw new ConfigError('unreadable_secret', `No encryption key has the id ${sealed.kid}`);
    return decrypt(key.key, sealed.dek, `${sealed.kid}:${aad}`);
  }

  private primary(): EncryptionKey {
    const [primary] = this.keys;
    if (!primary) throw new ConfigError('invalid_configuration', 'HONGYAN_ENCRYPTION_KEY is not set');
    return primary;
  }
}

const unreadable = (aad: string, cause: unknown): ConfigError =>
  new ConfigError('unreadable_secret', `The secret ${aad} cannot be decrypted`, { cause });

/** A key of its own for fingerprints, so that the wrapping key serves one purpose. */
function hmac(key: EncryptionKey, text: string): string {
  const derived = Buffer.from(hkdfSync('sha256', key.key, '', 'hongyan fingerprint', KEY_BYTES));
  return createHmac('sha256', derived).update(text, 'utf8').digest('hex');
}
