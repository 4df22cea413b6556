import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import type { ProviderResponse } from '../provider-http.js';
import { TEST_NOW, makeCall } from '../testing/provider-call.fixture.js';
import { ScriptedProviderHttp, answer } from '../testing/scripted-provider-http.js';
import { V1_ERRORS, v1Rule } from './errors/v1-errors.js';
import { callV1 } from './v1.client.js';

const ask = (response: ProviderResponse, now = TEST_NOW): Promise<JsonObject> =>
  callV1(makeCall({}, new ScriptedProviderHttp(response), { now }), {
    path: '/v1.0/x',
    body: '{}',
    token: 't',
    secrets: ['planted-secret'],
  });

const refused = (code: string, status = 400): ProviderResponse => answer({ code, requestid: 'r', message: '' }, status);
const FORBIDDEN = 'Forbidden.AccessDenied';

describe('callV1', () => {
  it('takes HTTP 200 without a code for a success', async () => {
    await expect(ask(answer({ processQueryKey: 'k' }))).resolves.toEqual({ processQueryKey: 'k' });
  });

  it.each([
    ['InvalidAuthentication', 400, 'TokenRejectedError', 'token_rejected'],
    ['accesstoken.expired', 400, 'TokenRejectedError', 'token_rejected'],
    ['anything.else', 401, 'TokenRejectedError', 'token_rejected'],
    ['AuthenticationFailed.MissingParameter', 400, 'PermanentDeliveryError', 'internal_error'],
    [`${FORBIDDEN}.QpsLimitForApi`, 403, 'RateLimitedError', 'provider_throttled'],
    [`${FORBIDDEN}.ApiCountLimitForOrg`, 403, 'PermanentDeliveryError', 'monthly_quota'],
    [`${FORBIDDEN}.AccessTokenPermissionDenied`, 403, 'CredentialError', 'permission_missing'],
    [`${FORBIDDEN}.IpNotInWhiteList`, 403, 'CredentialError', 'ip_not_trusted'],
    ['system.busy', 429, 'RateLimitedError', 'provider_throttled'],
    ['system.error', 500, 'RetryableDeliveryError', 'provider_error'],
    ['something.new', 500, 'RetryableDeliveryError', 'provider_error'],
    ['ServiceUnavailable', 503, 'RateLimitedError', 'provider_throttled'],
    ['InvalidAction.NotFound', 404, 'PermanentDeliveryError', 'provider_rejected'],
    ['send.too.fast', 400, 'RateLimitedError', 'provider_throttled'],
    ['invalidParameter.robotCode.notExsit', 400, 'CredentialError', 'robot_removed'],
    ['invalidParameter.robotCode.coolApp', 400, 'CredentialError', 'robot_removed'],
    ['invalid.openConversationId', 400, 'PermanentDeliveryError', 'group_gone'],
    ['group.disbanded', 400, 'PermanentDeliveryError', 'group_gone'],
    ['invalidParameter.msgKey.empty', 400, 'PermanentDeliveryError', 'kind_unsupported'],
    ['miss.param.msgParam', 400, 'PermanentDeliveryError', 'content_invalid'],
    ['contain.notAllowed.word', 400, 'PermanentDeliveryError', 'content_forbidden'],
    ['robot.processQueryKey.expired', 400, 'PermanentDeliveryError', 'recall_window_closed'],
    ['unknown.send.result', 400, 'AmbiguousDeliveryError', 'garbled_answer'],
    ['news.from.the.vendor', 400, 'PermanentDeliveryError', 'provider_rejected'],
    ['constructor', 400, 'PermanentDeliveryError', 'provider_rejected'],
  ])('classifies %s with HTTP %i', async (code, status, name, reason) => {
    await expect(ask(refused(code, status))).rejects.toMatchObject({ name, reason });
  });

  it('waits a second for a limit per second, and to the next minute for one per minute', async () => {
    const now = new Date('2026-03-02T02:00:18.000Z');
    await expect(ask(refused(`${FORBIDDEN}.QpsLimitForAppkeyAndApi`, 403), now)).rejects.toMatchObject({
      retryAfterMs: 1_000,
    });
    await expect(ask(refused(`${FORBIDDEN}.QpmLimitForAppkeyAndApi`, 403), now)).rejects.toMatchObject({
      retryAfterMs: 42_000,
    });
  });

  it('waits five minutes when the outgoing IP is banned', async () => {
    const ban = answer({ status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: '0' });
    await expect(ask(ban)).rejects.toMatchObject({ reason: 'provider_blocked', retryAfterMs: 300_000 });
  });

  it('masks secrets and addresses that the vendor echoes', async () => {
    const message = 'planted-secret from 203.0.113.9';
    const error: unknown = await ask(answer({ code: 'ip.not.match', message }, 400)).catch((e: unknown) => e);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/planted-secret|203\.0/);
  });
});

describe('v1Rule', () => {
  it('gives a code under a listed beginning the rule of that beginning', () => {
    expect(v1Rule('contain.notAllowed.a.b')).toBe(V1_ERRORS['contain.notAllowed.*']);
    expect(v1Rule('contain.allowed')).toBeUndefined();
  });
});
