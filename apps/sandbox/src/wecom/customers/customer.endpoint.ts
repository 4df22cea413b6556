import { json, type VendorAnswer } from '../../exchange/vendor-answer.js';
import type { VendorCall } from '../../exchange/vendor-call.js';
import type { Endpoint } from '../../exchange/vendor.js';
import { Refusal } from '../../exchange/refusal.js';
import type { JsonObject } from '#libs/core';
import { optionalInteger, optionalText } from '../wecom-body.js';
import type { CustomerAccess } from './customer-access.service.js';

export const ok = (members: JsonObject = {}): VendorAnswer => json({ errcode: 0, errmsg: 'ok', ...members });

/** A call of the customer contact API. */
export abstract class CustomerEndpoint implements Endpoint {
  abstract readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[] = ['POST'];
  readonly channel = 'wecom-customer';

  constructor(protected readonly access: CustomerAccess) {}

  accountOf(call: VendorCall): string | undefined {
    return this.access.accountOf(call);
  }

  abstract handle(call: VendorCall): VendorAnswer;
}

export interface PageLimits {
  readonly usual: number;
  readonly most: number;
}

/** One page of a list by `cursor` and `limit` of the body; the cursor is opaque to callers. */
export function pageOf<Item>(
  items: readonly Item[],
  body: JsonObject,
  { most, usual }: PageLimits,
): { readonly page: readonly Item[]; readonly next_cursor: string } {
  const limit = optionalInteger(body, 'limit', []) ?? usual;
  if (limit < 1 || limit > most) throw new Refusal(40058, 'invalid limit. invalid Request Parameter');
  const cursor = optionalText(body, 'cursor');
  const first = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isInteger(first)) throw new Refusal(40058, 'invalid cursor. invalid Request Parameter');
  const next = first + limit;
  const isLast = next >= items.length;
  return {
    page: items.slice(first, next),
    next_cursor: isLast ? '' : Buffer.from(String(next)).toString('base64url'),
  };
}
