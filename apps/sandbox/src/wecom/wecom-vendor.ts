import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint, Vendor } from '../exchange/vendor.js';

/** What the vendor appends to its error texts; it names the caller's address. */
function hint(call: VendorCall, code: number | string): string {
  const digits = String(process.hrtime.bigint()).padStart(19, '1').slice(-19);
  return `, hint: [${digits}], from ip: ${call.ip}, more info at https://open.work.weixin.qq.com/devtool/query?e=${code}`;
}

/** The fake WeCom: HTTP 200 for every business error. */
export class WecomVendor implements Vendor {
  readonly family = 'wecom';

  constructor(readonly endpoints: readonly Endpoint[]) {}

  refuse(call: VendorCall, { code, message, extra }: Refusal): VendorAnswer {
    return json({ errcode: code, errmsg: `${message}${hint(call, code)}`, ...extra });
  }

  unknownPath(): VendorAnswer {
    return { status: 404, body: '' };
  }

  wrongMethod(): Refusal {
    return new Refusal(40058, 'wrong method. invalid Request Parameter');
  }

  busy(): Refusal {
    return new Refusal(-1, 'system busy');
  }
}
