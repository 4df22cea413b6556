import { Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject } from '#libs/core';
import { Refusal } from '../../exchange/refusal.js';
import type { VendorAnswer } from '../../exchange/vendor-answer.js';
import type { VendorCall } from '../../exchange/vendor-call.js';
import { CUSTOMER_TAGS, Customers, type Customer, type Follow } from '../../world/customers.js';
import { parseBody } from '../wecom-body.js';
import { CustomerAccess } from './customer-access.service.js';
import { CustomerEndpoint, ok, pageOf } from './customer.endpoint.js';

const MOST_MEMBERS = 100;

const contactOf = ({ corpName, id, name, type }: Customer): JsonObject => ({
  external_userid: id,
  name,
  avatar: '',
  type,
  gender: 0,
  ...(corpName !== undefined && { corp_name: corpName, corp_full_name: corpName }),
});

const followOf = ({ member, remark, since }: Follow): JsonObject => ({
  userid: member,
  remark,
  description: '',
  createtime: since,
  remark_mobiles: [],
  oper_userid: member,
  add_way: 1,
});

/** Members who have the function. */
@Injectable()
export class FollowUserListEndpoint extends CustomerEndpoint {
  readonly path = '/cgi-bin/externalcontact/get_follow_user_list';
  override readonly methods = ['GET'] as const;

  constructor(
    access: CustomerAccess,
    private readonly customers: Customers,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appOf(call);
    return ok({ follow_user: [...this.customers.members] });
  }
}

@Injectable()
export class CustomerListEndpoint extends CustomerEndpoint {
  readonly path = '/cgi-bin/externalcontact/list';
  override readonly methods = ['GET'] as const;

  constructor(
    access: CustomerAccess,
    private readonly customers: Customers,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appOf(call);
    const found = this.customers.ofMember(call.query['userid'] ?? '');
    if (found.length === 0) throw new Refusal(84061, 'no external contact');
    return ok({ external_userid: found.map(({ id }) => id) });
  }
}

/** One customer, with the names of the tags that members have given. */
@Injectable()
export class CustomerGetEndpoint extends CustomerEndpoint {
  readonly path = '/cgi-bin/externalcontact/get';
  override readonly methods = ['GET'] as const;

  constructor(
    access: CustomerAccess,
    private readonly customers: Customers,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appOf(call);
    const id = call.query['external_userid'];
    if (!id) throw new Refusal(41035, 'missing external_userid');
    const customer = this.customers.find(id);
    if (!customer) throw new Refusal(40096, 'invalid external userid');
    const follows = customer.follows.map((follow) => ({ ...followOf(follow), tags: follow.tags.map(tagOf) }));
    return ok({ external_contact: contactOf(customer), follow_user: follows, next_cursor: '' });
  }
}

function tagOf(id: string): JsonObject {
  const tag = CUSTOMER_TAGS.find((known) => known.id === id);
  return { group_name: tag?.group ?? '', tag_name: tag?.name ?? id, tag_id: id, type: 1 };
}

/** Customers of up to 100 members, an entry for each of their contacts; tags by id only. */
@Injectable()
export class CustomersOfMembersEndpoint extends CustomerEndpoint {
  readonly path = '/cgi-bin/externalcontact/batch/get_by_user';

  constructor(
    access: CustomerAccess,
    private readonly customers: Customers,
  ) {
    super(access);
  }

  handle(call: VendorCall): VendorAnswer {
    this.access.appOf(call);
    const body = parseBody(call);
    const members = membersIn(body);
    const entries = members.flatMap((member) =>
      this.customers.ofMember(member).flatMap((customer) => entriesOf(customer, member)),
    );
    const { next_cursor, page } = pageOf(entries, body, { usual: 50, most: 100 });
    return ok({ external_contact_list: [...page], next_cursor, fail_info: { unlicensed_userid_list: [] } });
  }
}

const entriesOf = (customer: Customer, member: string): JsonObject[] =>
  customer.follows
    .filter((follow) => follow.member === member)
    .map((follow) => ({
      external_contact: contactOf(customer),
      follow_info: { ...followOf(follow), tag_id: [...follow.tags] },
    }));

function membersIn({ userid_list: list }: JsonObject): readonly string[] {
  if (!Array.isArray(list) || list.length === 0) throw new Refusal(40063, 'missing userid_list');
  if (list.length > MOST_MEMBERS) throw new Refusal(40032, 'invalid userid list size');
  if (list.some((id) => typeof id !== 'string' || isJsonObject(id))) throw new Refusal(40031, 'invalid userid list');
  return list as string[];
}
