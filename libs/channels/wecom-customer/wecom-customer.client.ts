import { listOf, textOf, type JsonObject, type JsonValue } from '#libs/core';
import type { WecomReply } from '../_wecom/wecom-reply.js';
import { callWecom, refusalOf } from '../_wecom/wecom.client.js';
import type { ProviderCall } from '../provider-call.js';
import type { ProviderErrorTable } from '../provider-errors.js';
import { secretsOf, type WecomCustomerAccount } from './wecom-customer.account.js';
import { WECOM_CUSTOMER_ERRORS } from './wecom-customer.errors.js';

export type CustomerCall = ProviderCall<WecomCustomerAccount>;

export interface CustomerRequest {
  /** Below `externalcontact/`. */
  readonly operation: string;
  /** Without one the call is a GET. */
  readonly body?: JsonObject;
  readonly query?: Readonly<Record<string, string>>;
}

/** Makes one call of the customer contact API and hands over what the vendor answered, refusals included. */
export const askCustomers = (call: CustomerCall, { operation, body, query }: CustomerRequest): Promise<WecomReply> =>
  callWecom(call, {
    path: `externalcontact/${operation}`,
    query: { access_token: call.token, ...query },
    ...(body && { body }),
  });

/** The same, where only a success is of use. */
export async function callCustomers(
  call: CustomerCall,
  request: CustomerRequest,
  errors: ProviderErrorTable = WECOM_CUSTOMER_ERRORS,
): Promise<JsonObject> {
  const reply = await askCustomers(call, request);
  if (reply.errcode !== 0) throw refusalOf(reply, errors, [call.token, ...secretsOf(call.account)]);
  return reply.fields;
}

export const textsIn = (list: JsonValue | undefined): readonly string[] => listOf(list).map(textOf).filter(Boolean);
