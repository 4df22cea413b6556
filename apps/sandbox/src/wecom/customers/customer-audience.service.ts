import { Injectable } from '@nestjs/common';
import { isJsonObject, type JsonObject, type JsonValue } from '#libs/core';
import { Refusal } from '../../exchange/refusal.js';
import type { TaskPart } from '../../inbox/inbox-entry.js';
import { CUSTOMER_TAGS, Customers, type Customer } from '../../world/customers.js';
import { optionalText } from '../wecom-body.js';

const MOST_CUSTOMERS = 10_000;
const MOST_TAGS = 100;

export interface CustomerAudience {
  /** Which member sends to whom. */
  readonly parts: readonly TaskPart[];
  readonly failed: readonly string[];
}

const badField = (name: string): Refusal => new Refusal(40058, `invalid ${name}. invalid Request Parameter`);

function textsIn(value: JsonValue | undefined, name: string): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) throw badField(name);
  return value as string[];
}

/** Resolves `external_userid`, `tag_filter` and `sender` of a message to customers. */
@Injectable()
export class CustomerAudienceResolver {
  constructor(private readonly customers: Customers) {}

  /** @throws Refusal when nobody is named, or nobody is left */
  resolve(body: JsonObject, notes: string[]): CustomerAudience {
    const type = optionalText(body, 'chat_type') || 'single';
    if (type === 'group') throw badField('chat_type: the sandbox has no customer groups');
    if (type !== 'single') throw badField('chat_type');
    const sender = this.senderIn(body);
    const ids = textsIn(body['external_userid'], 'external_userid');
    if (ids.length > MOST_CUSTOMERS) throw badField('external_userid');
    if (ids.length > 0 && body['tag_filter'] !== undefined) notes.push('tag_filter is ignored beside external_userid');
    const failed: string[] = [];
    const named = ids.length > 0 ? this.byId(ids, sender, failed) : this.byTags(body, sender);
    const parts = partsOf(named, sender);
    if (parts.length === 0) throw new Refusal(41048, 'no customer to send');
    return { parts, failed };
  }

  private senderIn(body: JsonObject): string {
    const sender = optionalText(body, 'sender');
    if (sender === '') return '';
    const member = this.customers.members.find((known) => known.toLowerCase() === sender.toLowerCase());
    if (member === undefined) throw new Refusal(84074, 'no external contact privilege');
    return member;
  }

  private byId(ids: readonly string[], sender: string, failed: string[]): readonly Customer[] {
    return [...new Set(ids)].flatMap((id) => {
      const customer = this.customers.find(id);
      if (customer && isOf(customer, sender)) return [customer];
      failed.push(id);
      return [];
    });
  }

  private byTags(body: JsonObject, sender: string): readonly Customer[] {
    const groups = tagGroupsIn(body);
    if (groups === undefined && sender === '')
      throw new Refusal(40063, 'missing external_userid, tag_filter or sender');
    return this.customers.list().filter((customer) => isOf(customer, sender) && bearsAll(customer, groups ?? []));
  }
}

const isOf = ({ follows }: Customer, sender: string): boolean =>
  sender === '' || follows.some(({ member }) => member === sender);

/** Any tag of each group. */
const bearsAll = ({ follows }: Customer, groups: readonly (readonly string[])[]): boolean =>
  groups.every((tags) => tags.some((tag) => follows.some((follow) => follow.tags.includes(tag))));

function tagGroupsIn({ tag_filter: filter }: JsonObject): readonly (readonly string[])[] | undefined {
  if (filter === undefined) return undefined;
  if (!isJsonObject(filter) || !Array.isArray(filter['group_list'])) throw badField('tag_filter');
  return filter['group_list'].map((group) => {
    const tags = isJsonObject(group) ? textsIn(group['tag_list'], 'tag_list') : [];
    if (tags.length === 0 || tags.length > MOST_TAGS) throw badField('tag_list');
    if (tags.some((tag) => !CUSTOMER_TAGS.some(({ id }) => id === tag))) throw new Refusal(40068, 'invalid tagid');
    return tags;
  });
}

/** Without a sender the member who last spoke with a customer gets the task. */
function partsOf(customers: readonly Customer[], sender: string): readonly TaskPart[] {
  const byMember = new Map<string, string[]>();
  for (const { follows, id } of customers) {
    const member = sender || follows[0]?.member;
    if (member === undefined) continue;
    const own = byMember.get(member);
    if (own) own.push(id);
    else byMember.set(member, [id]);
  }
  return [...byMember].map(([member, own]) => ({ member, customers: own }));
}
