import { Injectable } from '@nestjs/common';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { DingtalkAccess } from './dingtalk-access.service.js';
import { missing } from './dingtalk-body.js';

/** The legacy token call: everything in the query. */
@Injectable()
export class DingtalkGettokenEndpoint implements Endpoint {
  readonly path = '/gettoken';
  readonly methods = ['GET', 'POST'] as const;
  readonly channel = 'dingtalk-work';

  constructor(private readonly access: DingtalkAccess) {}

  accountOf({ query }: VendorCall): string | undefined {
    return this.access.appBySecret(query['appkey'], query['appsecret'])?.account;
  }

  handle({ query }: VendorCall): VendorAnswer {
    if (query['corpid']) throw new Refusal(40089, '不合法的corpid或corpsecret');
    if (!query['appkey']) throw missing('corpid or appkey');
    if (!query['appsecret']) throw missing('corpsecret or appsecret');
    const app = this.access.appBySecret(query['appkey'], query['appsecret']);
    if (!app) throw new Refusal(40096, '不合法的appKey或appSecret');
    const { value, expiresInS } = this.access.issueToken(app);
    return json({ errcode: 0, access_token: value, errmsg: 'ok', expires_in: expiresInS });
  }
}
