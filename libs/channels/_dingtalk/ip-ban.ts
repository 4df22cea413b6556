import { RateLimitedError, type JsonObject } from '#libs/core';

/** The vendor's ban of an IP address lasts 5 minutes. */
const IP_BAN_MS = 300_000;

/**
 * The ban of an IP address comes without a code: `{"status":1111,…}`, or an HTML page of the same guard, `x5`.
 * `codeField` is the member in which the API family names its codes; `body` is the answer as JSON, if it is any.
 * @throws RateLimitedError `provider_blocked`
 */
export function refuseIpBan(body: JsonObject | undefined, raw: string, codeField: 'errcode' | 'code'): void {
  const isBan = body ? body[codeField] === undefined && body['status'] === 1111 : /x5secdata|_____tmd_____/.test(raw);
  if (isBan) throw new RateLimitedError('provider_blocked', 'DingTalk blocked the outgoing IP', IP_BAN_MS, 'account');
}
