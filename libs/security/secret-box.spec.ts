import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { AppConfig, EncryptionKey } from '#libs/config';
import { SecretBox, type SealedSecret } from './secret-box.js';

const key = (id: string): EncryptionKey => ({ id, key: randomBytes(32) });
const boxWith = (...encryptionKeys: EncryptionKey[]): SecretBox =>
  new SecretBox({ encryptionKeys } as unknown as AppConfig);

function flipLastBit(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes.toString('base64');
}

describe('SecretBox', () => {
  const first = key('k1');
  const box = boxWith(first);
  const place = 'account:sales:corpSecret';

  it('opens what it sealed, also through JSON', () => {
    const sealed = JSON.parse(JSON.stringify(box.seal('秘密 secret', place))) as SealedSecret;
    expect(box.open(sealed, place)).toBe('秘密 secret');
    expect(sealed.kid).toBe('k1');
  });

  it('seals the same text differently every time and never shows it', () => {
    const [one, two] = [box.seal('secret', place), box.seal('secret', place)];
    expect(one.data).not.toBe(two.data);
    expect(one.dek).not.toBe(two.dek);
    expect(Buffer.from(one.data, 'base64').includes('secret')).toBe(false);
  });

  it('does not open a value that was moved to another place', () => {
    expect(() => box.open(box.seal('secret', place), 'account:other:corpSecret')).toThrow('cannot be decrypted');
  });

  it.each(['data', 'dek'] as const)('does not open a value with a flipped bit in %s', (member) => {
    const sealed = box.seal('secret', place);
    expect(() => box.open({ ...sealed, [member]: flipLastBit(sealed[member]) }, place)).toThrow('cannot be decrypted');
  });

  it('does not open a value whose tag was cut off', () => {
    const sealed = box.seal('', place);
    const cut = Buffer.from(sealed.data, 'base64').subarray(0, 16).toString('base64');
    expect(() => box.open({ ...sealed, data: cut }, place)).toThrow('cannot be decrypted');
  });

  it('opens values of the old key after a rotation and wraps them anew, so that the old key can go', () => {
    const second = key('k2');
    const sealed = box.seal('secret', place);
    const rotated = boxWith(second, first);
    expect(rotated.open(sealed, place)).toBe('secret');
    expect(rotated.isStale(sealed)).toBe(true);
    const rewrapped = rotated.rewrap(sealed, place);
    expect(rotated.isStale(rewrapped)).toBe(false);
    expect(boxWith(second).open(rewrapped, place)).toBe('secret');
    expect(() => boxWith(second).open(sealed, place)).toThrow('cannot be decrypted');
  });

  it('finds equal secrets by fingerprint, across a rotation too', () => {
    const rotated = boxWith(key('k2'), first);
    expect(box.fingerprint('a')).toBe(box.fingerprint('a'));
    expect(box.fingerprint('a')).not.toBe(box.fingerprint('b'));
    expect(rotated.fingerprints('a')).toContain(box.fingerprint('a'));
  });
});
