import type { ProviderCall } from './provider-call.js';

/** A department of a vendor's address book. */
export interface ListedDepartment {
  readonly id: string;
  readonly name: string;
}

/** A member as the vendor lists them. Many apps are told neither mobile nor e-mail. */
export interface ListedUser {
  /** The vendor's user id. */
  readonly id: string;
  readonly name: string;
  readonly mobile?: string;
  readonly email?: string;
  /** False: disabled, or has left. */
  readonly isActive: boolean;
}

export interface UserPage {
  readonly users: readonly ListedUser[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** How a person came to the login page: inside the vendor's client, or in a browser. */
export type LoginFlow = 'in_app' | 'browser';

export interface LoginPage {
  readonly flow: LoginFlow;
  readonly redirectUri: string;
  /** Comes back with the code. */
  readonly state: string;
}

/** How a channel's account reads its vendor's address book. Each function makes one provider call, unless it says more. */
export interface DirectorySupport<Account extends object = object> {
  /** Where the walk begins; empty: the first list names every department that the account may see. */
  readonly roots: readonly ListedDepartment[];
  /** Most calls of one function in a second. */
  readonly perSecond: number;
  /**
   * The departments below one, one level; without a parent all of them.
   * @throws the delivery errors of `#libs/core`, like all functions here
   */
  listDepartments(call: ProviderCall<Account>, parent?: string): Promise<readonly ListedDepartment[]>;
  /** Direct members of a department; a second call where the vendor calls the first answer too big. */
  listUsers(call: ProviderCall<Account>, department: string, cursor?: string): Promise<UserPage>;
  /** The user id behind a mobile or e-mail; undefined: nobody's. Vendors punish too many that are nobody's. */
  findByMobile(call: ProviderCall<Account>, mobile: string): Promise<string | undefined>;
  findByEmail?(call: ProviderCall<Account>, email: string): Promise<string | undefined>;
  /** Address of the vendor's login page; undefined: there is no page for this flow. Pure. */
  loginUrl(account: Account, page: LoginPage): string | undefined;
  /** The user id that a login code stands for; undefined: somebody who is no member. Up to three calls. */
  exchangeLoginCode(call: ProviderCall<Account>, code: string, flow: LoginFlow): Promise<string | undefined>;
}
