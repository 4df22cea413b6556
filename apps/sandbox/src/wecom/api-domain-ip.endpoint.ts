import { Injectable } from '@nestjs/common';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint } from '../exchange/vendor.js';
import { WecomAccess } from './wecom-access.service.js';

@Injectable()
export class ApiDomainIpEndpoint implements Endpoint {
  readonly path = '/cgi-bin/get_api_domain_ip';
  readonly methods = ['GET'] as const;
  readonly channel = 'wecom-app';

  constructor(private readonly access: WecomAccess) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountByToken(call);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appByToken(call);
    return json({ ip_list: ['192.0.2.0/26'], errcode: 0, errmsg: 'ok' });
  }
}
