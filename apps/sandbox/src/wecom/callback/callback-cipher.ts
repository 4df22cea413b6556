import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const PADDING_BLOCK = 32;
const HEAD_BYTES = 20;

export interface CipherSettings {
  readonly token: string;
  /** EncodingAESKey: 43 characters. */
  readonly aesKey: string;
  readonly corpId: string;
}

/** The vendor's end of encrypted callbacks (doc 90968). */
export class CallbackCipher {
  private readonly key: Buffer;

  constructor(private readonly settings: CipherSettings) {
    this.key = Buffer.from(`${settings.aesKey}=`, 'base64');
  }

  encrypt(text: string): string {
    const body = Buffer.from(text);
    const head = Buffer.concat([randomBytes(HEAD_BYTES - 4), Buffer.alloc(4)]);
    head.writeUInt32BE(body.length, HEAD_BYTES - 4);
    const plain = Buffer.concat([head, body, Buffer.from(this.settings.corpId)]);
    const missing = PADDING_BLOCK - (plain.length % PADDING_BLOCK);
    const cipher = createCipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16)).setAutoPadding(false);
    return cipher.update(Buffer.concat([plain, Buffer.alloc(missing, missing)])).toString('base64');
  }

  decrypt(encrypted: string): string {
    const decipher = createDecipheriv('aes-256-cbc', this.key, this.key.subarray(0, 16)).setAutoPadding(false);
    const plain = decipher.update(Buffer.from(encrypted, 'base64'));
    return plain.subarray(HEAD_BYTES, HEAD_BYTES + plain.readUInt32BE(HEAD_BYTES - 4)).toString();
  }

  /** The query of a callback: signature, timestamp in seconds, nonce. */
  query(encrypted: string, nowMs: number): URLSearchParams {
    const timestamp = String(Math.floor(nowMs / 1000));
    const nonce = randomBytes(6).toString('hex');
    const parts = [this.settings.token, timestamp, nonce, encrypted].sort().join('');
    const signature = createHash('sha1').update(parts).digest('hex');
    return new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  }
}
