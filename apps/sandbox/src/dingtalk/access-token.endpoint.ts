import { Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '#libs/core';
import { parsedJson } from '../exchange/parse-json.js';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { DingtalkAccess } from './dingtalk-access.service.js';

/** The newer token call: key and secret in a JSON body, camelCase answer. */
@Injectable()
export class AccessTokenEndpoint implements Endpoint {
  readonly path = '/v1.0/oauth2/accessToken';
  readonly methods = ['POST'] as const;
  readonly channel = 'dingtalk-app-robot';

  constructor(private readonly access: DingtalkAccess) {}

  accountOf(call: VendorCall): string | undefined {
    const { appKey, appSecret } = bodyOf(call) ?? {};
    return this.access.appBySecret(appKey, appSecret)?.account;
  }

  handle(call: VendorCall): VendorAnswer {
    const body = bodyOf(call);
    if (!body) throw new Refusal('MissingBody', 'body is mandatory for this action.');
    const app = this.access.appBySecret(body['appKey'], body['appSecret']);
    if (!app) throw new Refusal('invalidClientIdOrSecret', '无效的clientId或者clientSecret');
    const { value, expiresInS } = this.access.issueToken(app);
    return json({ accessToken: value, expireIn: expiresInS });
  }
}

function bodyOf({ rawBody }: VendorCall): JsonObject | undefined {
  const body = parsedJson(rawBody);
  return isJsonObject(body) ? body : undefined;
}
