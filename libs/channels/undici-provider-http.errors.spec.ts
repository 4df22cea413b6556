import { describe, expect, it } from '@jest/globals';
import { classifyBrokenCall } from './undici-provider-http.errors.js';

const broken = (code: string, left: boolean, proxied = false): unknown =>
  classifyBrokenCall(Object.assign(new Error('broken'), { code }), {
    label: 'POST https://x.example/send',
    left,
    proxied,
  });

describe('a broken call', () => {
  it.each([
    ['ECONNREFUSED', 'connect_failed'],
    ['ECONNRESET', 'connect_failed'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect_failed'],
    ['ENOTFOUND', 'dns_failed'],
    ['EAI_AGAIN', 'dns_failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_failed'],
    ['CERT_HAS_EXPIRED', 'tls_failed'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_failed'],
  ])('was not sent when %s came before the connection was ready', (code, reason) => {
    expect(broken(code, false)).toMatchObject({ name: 'RetryableDeliveryError', reason, usesAttempt: false });
  });

  it.each([
    ['ECONNRESET', 'connection_lost'],
    ['EPIPE', 'connection_lost'],
    ['UND_ERR_SOCKET', 'connection_lost'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout_after_send'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout_after_send'],
    ['CALL_DEADLINE', 'timeout_after_send'],
    ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'garbled_answer'],
    ['HPE_INVALID_CONSTANT', 'garbled_answer'],
  ])('may have arrived when %s came after it', (code, reason) => {
    expect(broken(code, true)).toMatchObject({ name: 'AmbiguousDeliveryError', reason });
  });

  it('puts what happens before the tunnel down to the proxy, but a certificate to TLS', () => {
    expect(broken('ECONNREFUSED', false, true)).toMatchObject({ reason: 'proxy_failed', usesAttempt: false });
    expect(broken('CERT_HAS_EXPIRED', false, true)).toMatchObject({ reason: 'tls_failed', usesAttempt: false });
  });

  it('keeps the transport code and the cause', () => {
    expect(broken('EPIPE', true)).toMatchObject({ meta: { transportCode: 'EPIPE' }, cause: { message: 'broken' } });
  });
});
