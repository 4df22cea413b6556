import type { ProviderCall } from './provider-call.js';

/** A tag that a member has put on a customer. Lists tell the id only. */
export interface ListedTag {
  readonly id: string;
  readonly name?: string;
  readonly group?: string;
}

/** A customer as one member knows them. */
export interface ListedCustomer {
  /** The vendor's id, for this corp. */
  readonly id: string;
  readonly name: string;
  /** By whose account they are reached: their own, or one of an organisation of theirs. */
  readonly kind: 'personal' | 'corporate';
  /** The customer's own company, where the vendor tells it. */
  readonly company?: string;
  readonly follower: {
    /** The member's user id. */
    readonly user: string;
    readonly remark: string;
    readonly tagIds: readonly string[];
    readonly addedAt?: Date;
  };
}

export interface CustomerPage {
  readonly customers: readonly ListedCustomer[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** How a channel's account reads the customers of the staff. Each function makes one provider call. */
export interface CustomerSupport<Account extends object = object> {
  /** Most calls in a second. */
  readonly perSecond: number;
  /** Most members in one call of `listCustomers`. */
  readonly membersPerCall: number;
  /**
   * User ids of the members who may have customers.
   * @throws the delivery errors of `#libs/core`, like all functions here
   */
  listMembers(call: ProviderCall<Account>): Promise<readonly string[]>;
  /** Customers of these members, one entry for each customer and member. */
  listCustomers(call: ProviderCall<Account>, members: readonly string[], cursor?: string): Promise<CustomerPage>;
  /** The tags of one customer with their names. */
  describeTags(call: ProviderCall<Account>, customer: string): Promise<readonly ListedTag[]>;
}
