import { isJsonObject, objectsOf, textOf, type JsonObject } from '#libs/core';
import type { CustomerPage, CustomerSupport, ListedCustomer, ListedTag } from '../customers.js';
import type { WecomCustomerAccount } from './wecom-customer.account.js';
import { callCustomers, textsIn } from './wecom-customer.client.js';

/** The vendor's largest page, and most members of one call. */
const PAGE = 100;
const MEMBERS = 100;
/** `type` of a WeCom user of another corp; 1 is a WeChat user. */
const OF_ANOTHER_CORP = 2;

/** The base limit is 10,000 calls a minute for the whole corp (doc 90312): a reading takes a small part of it. */
const PER_SECOND = 10;

/** Customers of the staff: `get_follow_user_list`, `batch/get_by_user`, and `get` for the names of tags. */
export const wecomCustomers: CustomerSupport<WecomCustomerAccount> = {
  perSecond: PER_SECOND,
  membersPerCall: MEMBERS,

  async listMembers(call) {
    return textsIn((await callCustomers(call, { operation: 'get_follow_user_list' }))['follow_user']);
  },

  async listCustomers(call, members, cursor = ''): Promise<CustomerPage> {
    const body = { userid_list: [...members], cursor, limit: PAGE };
    const fields = await callCustomers(call, { operation: 'batch/get_by_user', body });
    const nextCursor = textOf(fields['next_cursor']);
    return {
      customers: objectsOf(fields['external_contact_list']).flatMap(customerIn),
      ...(nextCursor && { nextCursor }),
    };
  },

  async describeTags(call, customer): Promise<readonly ListedTag[]> {
    const fields = await callCustomers(call, { operation: 'get', query: { external_userid: customer } });
    return objectsOf(fields['follow_user'])
      .flatMap(({ tags }) => objectsOf(tags))
      .flatMap(tagIn);
  },
};

function customerIn({ external_contact: contact, follow_info: follow }: JsonObject): ListedCustomer[] {
  if (!isJsonObject(contact) || !isJsonObject(follow)) return [];
  const [id, user] = [textOf(contact['external_userid']), textOf(follow['userid'])];
  if (!id || !user) return [];
  const company = textOf(contact['corp_full_name']) || textOf(contact['corp_name']);
  const { createtime: since } = follow;
  return [
    {
      id,
      name: textOf(contact['name']),
      kind: contact['type'] === OF_ANOTHER_CORP ? 'corporate' : 'personal',
      ...(company && { company }),
      follower: {
        user,
        remark: textOf(follow['remark']),
        tagIds: textsIn(follow['tag_id']),
        ...(typeof since === 'number' && { addedAt: new Date(since * 1_000) }),
      },
    },
  ];
}

/** Tags that a member has made for themselves have no id, and nobody can send to them. */
function tagIn({ group_name: group, tag_id: id, tag_name: name }: JsonObject): ListedTag[] {
  const known = textOf(id);
  return known ? [{ id: known, name: textOf(name), group: textOf(group) }] : [];
}
