import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { CallbackRefusedError } from './callback.js';

/** What an account and its vendor share. */
export interface CallbackSecrets {
  readonly token: string;
  /** 43 characters of Base64. */
  readonly aesKey: string;
  /** Whom the messages are meant for: corp id or app key. */
  readonly owner: string;
}

/** The parts of a callback's address and body that its signature covers. */
export interface SignedParts {
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypted: string;
}

const KEY_BYTES = 32;
const BLOCK_BYTES = 16;
/** The padding is PKCS#7 with blocks twice as long as the cipher's. */
const PADDING_BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const WINDOW_MS = 300_000;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The envelope around callbacks that both vendors use: SHA-1 over the sorted parts, AES-256-CBC with the key's first half
 * as the initial vector, and inside 16 random bytes, the length in bytes, the text and its owner.
 */
export class CallbackEnvelope {
  private readonly key: Buffer;

  /** @throws CallbackRefusedError `not_configured` when the key is no key */
  constructor(private readonly secrets: CallbackSecrets) {
    // Lenient on purpose: the last character of a key may carry bits that count for nothing.
    this.key = Buffer.from(`${secrets.aesKey}=`, 'base64');
    if (this.key.length !== KEY_BYTES) throw new CallbackRefusedError('not_configured');
  }

  sign({ timestamp, nonce, encrypted }: SignedParts): string {
    const parts = [this.secrets.token, timestamp, nonce, encrypted].sort();
    return createHash('sha1').update(parts.join('')).digest('hex');
  }

  /**
   * The text inside, after its signature, its age (at most five minutes either way) and its owner have been checked.
   * @param sentAtMs what the timestamp stands for
   * @throws CallbackRefusedError
   */
  open(parts: SignedParts, signature: string, times: { readonly sentAtMs: number; readonly nowMs: number }): string {
    if (!isEqual(this.sign(parts), signature)) throw new CallbackRefusedError('bad_signature');
    if (!(Math.abs(times.nowMs - times.sentAtMs) <= WINDOW_MS)) throw new CallbackRefusedError('stale');
    return this.decrypt(parts.encrypted);
  }

  /** @throws CallbackRefusedError */
  decrypt(encrypted: string): string {
    const plain = this.decipher(encrypted);
    const textStart = RANDOM_BYTES + LENGTH_BYTES;
    const padding = plain.at(-1) ?? 0;
    if (padding < 1 || padding > PADDING_BLOCK || plain.length < textStart + padding) refuse();
    if (plain.subarray(plain.length - padding).some((byte) => byte !== padding)) refuse();
    const content = plain.subarray(textStart, plain.length - padding);
    const length = plain.readUInt32BE(RANDOM_BYTES);
    if (length > content.length) refuse();
    if (!isEqual(content.subarray(length).toString('utf8'), this.secrets.owner)) {
      throw new CallbackRefusedError('foreign_owner');
    }
    return content.subarray(0, length).toString('utf8');
  }

  encrypt(text: string, random: Uint8Array = randomBytes(RANDOM_BYTES)): string {
    const content = Buffer.from(text, 'utf8');
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(content.length);
    const plain = Buffer.concat([random, length, content, Buffer.from(this.secrets.owner, 'utf8')]);
    const padding = PADDING_BLOCK - (plain.length % PADDING_BLOCK);
    const cipher = createCipheriv('aes-256-cbc', this.key, this.key.subarray(0, BLOCK_BYTES)).setAutoPadding(false);
    const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
    return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
  }

  private decipher(encrypted: string): Buffer {
    const bytes = BASE64.test(encrypted) ? Buffer.from(encrypted, 'base64') : Buffer.alloc(0);
    if (bytes.length === 0 || bytes.length % BLOCK_BYTES !== 0) refuse();
    const decipher = createDecipheriv('aes-256-cbc', this.key, this.key.subarray(0, BLOCK_BYTES));
    decipher.setAutoPadding(false);
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  }
}

function refuse(): never {
  throw new CallbackRefusedError('undecipherable');
}

/** Takes as long for texts that differ early as for those that differ late. */
function isEqual(expected: string, given: string): boolean {
  const [a, b] = [expected, given].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
