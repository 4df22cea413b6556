import { randomBytes, randomUUID } from 'node:crypto';
import { Refusal } from '../exchange/refusal.js';
import { json, type VendorAnswer } from '../exchange/vendor-answer.js';
import type { VendorCall } from '../exchange/vendor-call.js';
import type { Endpoint, Vendor } from '../exchange/vendor.js';

/** Authentication, permission and throttling: the gateway of `/topapi` wraps these in errcode 88. */
const WRAPPED = new Set(
  [33001, 40000, 40001, 40014, 41001, 42001, 43007, 48004, 60011, 60020, 90001, 90002, 90018, 90019, 90020].map(String),
);

export const requestId = (): string => randomBytes(8).toString('hex');

const gatewayError = (code: string, message: string): VendorAnswer =>
  json({
    errcode: 88,
    sub_code: code,
    sub_msg: message,
    errmsg: `ding talk error[subcode=${code},submsg=${message}]`,
    request_id: requestId(),
  });

/** The newer API answers with real HTTP statuses. */
function statusOf(code: string): number {
  if (code.startsWith('Forbidden.')) return 403;
  if (code.endsWith('NotFound')) return 404;
  if (/^(-1|system\.error|systemError|unknownError|server\.error)$/.test(code)) return 500;
  return /^system\.?busy$/i.test(code) ? 429 : 400;
}

const newerError = (code: string, message: string): VendorAnswer =>
  json({ code, requestid: randomUUID().toUpperCase(), message }, statusOf(code));

/** The fake DingTalk with its three envelopes: `/topapi`, `/v1.0`, and everything else. */
export class DingtalkVendor implements Vendor {
  readonly family = 'dingtalk';

  constructor(readonly endpoints: readonly Endpoint[]) {}

  refuse({ path }: VendorCall, { code, message, extra }: Refusal): VendorAnswer {
    if (path.startsWith('/v1.0/')) return newerError(String(code), message);
    if (!path.startsWith('/topapi/')) return json({ errcode: code, errmsg: message, ...extra });
    if (WRAPPED.has(String(code))) return gatewayError(String(code), message);
    return json({ errcode: code, errmsg: message, ...extra, request_id: requestId() });
  }

  unknownPath(call: VendorCall): VendorAnswer {
    if (call.path.startsWith('/v1.0/')) return newerError('InvalidAction.NotFound', 'Specified api is not found');
    if (call.path.startsWith('/topapi/')) return unknownMethod(call.path);
    return json({ errcode: 404, errmsg: '请求的URI地址不存在' });
  }

  wrongMethod({ path }: VendorCall): Refusal {
    return path.startsWith('/v1.0/')
      ? new Refusal('InvalidAction.NotFound', 'Specified api is not found')
      : new Refusal(43002, '需要POST请求');
  }

  busy(): Refusal {
    return new Refusal(-1, '系统繁忙');
  }
}

function unknownMethod(path: string): VendorAnswer {
  const method = `dingtalk.oapi.${path.slice('/topapi/'.length).replaceAll('/', '.')}`;
  const sub_msg = `不合法ApiName，ApiName = ${method}`;
  return json({ errcode: 22, sub_msg, errmsg: `Invalid method[submsg=${sub_msg}]`, request_id: requestId() });
}
