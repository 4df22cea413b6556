import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Refusal } from '../exchange/refusal.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import { RateLimits } from '../state/rate-limits.js';
import type { RateRule } from '../state/rate-window.js';
import { Tokens } from '../state/tokens.js';
import { APPS, type DingtalkApp } from './dingtalk-world.js';

/** Fetching again while the token is valid returns the same one and prolongs it. */
const TOKEN_POLICY = { create: () => randomBytes(16).toString('hex'), prolongs: true };

/** Calls per app and API in the standard edition. */
const PER_SECOND: RateRule = { limit: 20, windowMs: 1000, blockMs: 0 };

const TOKEN_HEADER = 'x-acs-dingtalk-access-token';
const QPS_TEXT = '您的企业应用调用钉钉开放平台当前接口的所有请求都被暂时禁用了';

function headerToken({ headers }: VendorCall): string {
  const value = headers[TOKEN_HEADER];
  return typeof value === 'string' ? value : '';
}

/** Who calls. Tokens are the same for both API families. */
@Injectable()
export class DingtalkAccess {
  constructor(
    private readonly tokens: Tokens,
    private readonly limits: RateLimits,
  ) {}

  appBySecret(appKey: unknown, appSecret: unknown): DingtalkApp | undefined {
    return APPS.find((app) => app.appKey === appKey && app.appSecret === appSecret);
  }

  issueToken(app: DingtalkApp): { readonly value: string; readonly expiresInS: number } {
    return this.tokens.issue(app.account, TOKEN_POLICY);
  }

  /** The app whose token a `/topapi` call carries in its query; an expired token is answered like a foreign one. */
  appByToken({ query, path }: VendorCall): DingtalkApp {
    const token = query['access_token'];
    if (!token) throw new Refusal(40000, 'access_token is blank');
    const app = this.appOf(token);
    if (!app) throw new Refusal(40014, '不合法的access_token');
    if (!this.limits.admits(PER_SECOND, `${app.account} ${path}`)) throw new Refusal(90018, 'app qps limit');
    return app;
  }

  /** The app whose token a `/v1.0` call carries in its header; one in the query counts as missing. */
  appByHeader(call: VendorCall): DingtalkApp {
    const token = headerToken(call);
    if (!token) throw new Refusal('AuthenticationFailed.MissingParameter', `缺少参数：${TOKEN_HEADER}`);
    const app = this.appOf(token);
    if (!app) throw new Refusal('InvalidAuthentication', '不合法的access_token');
    if (!this.limits.admits(PER_SECOND, `${app.account} ${call.path}`)) {
      throw new Refusal('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', QPS_TEXT);
    }
    return app;
  }

  /** The label of the calling app, also behind an expired token; undefined when the call names none. */
  accountByToken(call: VendorCall): string | undefined {
    const account = this.tokens.ownerOf(call.query['access_token'] ?? headerToken(call));
    return APPS.some((app) => app.account === account) ? account : undefined;
  }

  private appOf(token: string): DingtalkApp | undefined {
    const result = this.tokens.check(token);
    return 'account' in result ? APPS.find(({ account }) => account === result.account) : undefined;
  }
}
