import { PermanentDeliveryError, type JsonObject, type RefusedAddressee } from '#libs/core';
import type { Addressee, RefusedRecipient } from '../channel.js';
import { textsIn } from './wecom-customer.client.js';
import { LEFT_OUT } from './wecom-customer.errors.js';

const UNREACHABLE = 'customer_unreachable';

/**
 * Who gets it: customers by id, or those who bear one of the tags. The vendor ignores tags beside ids, so that they never
 * travel together.
 * @throws PermanentDeliveryError `content_invalid`
 */
export function audienceOf(addressees: readonly Addressee[]): JsonObject {
  const idsOf = (wanted: Addressee['type']): string[] =>
    addressees.filter(({ type }) => type === wanted).map(({ id }) => id);
  const [customers, tags] = [idsOf('user'), idsOf('tag')];
  if (customers.length > 0 && tags.length > 0) {
    throw new PermanentDeliveryError('content_invalid', 'Customers and tags cannot be addressed in one call');
  }
  if (tags.length === 0) return { external_userid: customers };
  return { tag_filter: { group_list: [{ tag_list: tags }] } };
}

/** Whom the answer leaves out. Ids of customers are compared as they are: the vendor tells their case apart. */
export function leftOutIn(fields: JsonObject, addressees: readonly Addressee[]): RefusedRecipient[] {
  const ids = new Set(textsIn(fields['fail_list']));
  return addressees
    .filter(({ type, id }) => type === 'user' && ids.has(id))
    .map((addressee) => ({ addressee, reason: UNREACHABLE, providerCode: LEFT_OUT }));
}

/** Everybody, when the vendor finds nobody to send to. */
export const allUnreachable = (addressees: readonly Addressee[], providerCode: string): RefusedAddressee[] =>
  addressees.map((addressee) => ({ ...addressee, reason: UNREACHABLE, providerCode }));
