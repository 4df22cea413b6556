import { Injectable } from '@nestjs/common';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { WecomAccess } from './wecom-access.service.js';

@Injectable()
export class WecomGettokenEndpoint implements Endpoint {
  readonly path = '/cgi-bin/gettoken';
  readonly methods = ['GET'] as const;
  readonly channel = 'wecom-app';

  constructor(private readonly access: WecomAccess) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountBySecret(call);
  }

  handle(call: VendorCall): VendorAnswer {
    const { value, expiresInS } = this.access.issueToken(this.access.appBySecret(call));
    return json({ errcode: 0, errmsg: 'ok', access_token: value, expires_in: expiresInS });
  }
}
