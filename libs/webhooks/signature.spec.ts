import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { newSecret, signedHeaders } from './signature.js';

const EVENT = { id: '0199a3f0-0000-7000-8000-000000000001', body: '{"type":"message.sent","data":{"名":"张三"}}' };
const now = new Date();

const byHand = (secret: string, seconds: string): string =>
  createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    .update(`${EVENT.id}.${seconds}.${EVENT.body}`)
    .digest('base64');

describe('the signature', () => {
  it('is HMAC-SHA256 over id, time and body, as the standard says', () => {
    const secret = newSecret();
    const headers = signedHeaders(EVENT, [secret], now);
    const seconds = headers['webhook-timestamp'] ?? '';
    expect(seconds).toBe(String(Math.floor(now.getTime() / 1000)));
    expect(headers).toMatchObject({ 'webhook-id': EVENT.id, 'webhook-signature': `v1,${byHand(secret, seconds)}` });
  });

  it('is there once for each secret, so that receivers with either accept it', () => {
    const secrets = [newSecret(), newSecret()];
    const headers = signedHeaders(EVENT, secrets, now);
    for (const secret of secrets) expect(() => new Webhook(secret).verify(EVENT.body, headers)).not.toThrow();
    expect(() => new Webhook(newSecret()).verify(EVENT.body, headers)).toThrow('No matching signature');
  });

  it('fits no other body', () => {
    const secret = newSecret();
    const headers = signedHeaders(EVENT, [secret], now);
    expect(() => new Webhook(secret).verify(EVENT.body.replace('sent', 'read'), headers)).toThrow();
  });

  it('is made with secrets of 32 random bytes', () => {
    const secret = newSecret();
    expect(secret).toMatch(/^whsec_/);
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
    expect(newSecret()).not.toBe(secret);
  });
});
