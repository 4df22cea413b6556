import { describe, expect, it } from '@jest/globals';
import { hashKey, mintKey, publicIdOf } from './api-key-format.js';

describe('API keys', () => {
  it('carry a public id and 32 random bytes', () => {
    const key = mintKey();
    expect(key.text).toMatch(/^hy_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/);
    expect(publicIdOf(key.text)).toBe(key.publicId);
    expect(key.hash).toEqual(hashKey(key.text));
    expect(mintKey().text).not.toBe(key.text);
  });

  it.each(['', 'hy_', 'hy_0123456789abcdef', 'sk_0123456789abcdef_x', `${mintKey().text}x`])('are not %s', (text) => {
    expect(publicIdOf(text)).toBeUndefined();
  });
});
