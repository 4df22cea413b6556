import { Inject, Injectable } from '@nestjs/common';
import { AccountCaller } from '#libs/accounts';
import type { DirectorySupport, FamilyName, LoginFlow, LoginPage } from '#libs/channels';
import { NotFoundError, PermanentDeliveryError, ValidationError } from '#libs/core';
import { PeopleStore } from '../people.store.js';

export interface LoginWish {
  readonly family: FamilyName;
  readonly account: string;
  readonly code: string;
  readonly flow: LoginFlow;
  /** Whom to bind; absent: only tell who it is. */
  readonly user?: string;
}

export interface LoginAnswer {
  readonly family: FamilyName;
  readonly providerUserId: string;
  /** Null: nobody in the directory has this id. */
  readonly user: string | null;
}

/** Logins at a vendor: who somebody is there, proven by themselves. */
@Injectable()
export class LoginService {
  constructor(
    @Inject(AccountCaller) private readonly caller: AccountCaller,
    @Inject(PeopleStore) private readonly people: PeopleStore,
  ) {}

  /**
   * Exchanges a login code, and binds the person who is named.
   * @throws NotFoundError for an account or person that is not there
   * @throws ValidationError `login_code_refused`, `not_a_member`
   * @throws ConflictError `identity_taken`; the delivery errors of the channel
   */
  async login({ account, code, family, flow, user }: LoginWish): Promise<LoginAnswer> {
    const support = await this.supportOf(family, account);
    if (user !== undefined) await this.people.get(user);
    const providerUserId = await this.exchange(account, support, code, flow);
    if (user === undefined) {
      return { family, providerUserId, user: (await this.people.findOwner(family, providerUserId)) ?? null };
    }
    await this.people.bind({ family, providerUserId, user, source: 'oauth', account });
    return { family, providerUserId, user };
  }

  /** Where the person logs in. @throws ValidationError `login_flow_not_supported` */
  async loginUrl(family: FamilyName, account: string, page: LoginPage): Promise<string> {
    const support = await this.supportOf(family, account);
    const url = support.loginUrl(await this.caller.configOf(account), page);
    if (url !== undefined) return url;
    const message = 'the vendor has no page for this flow: its client hands out the code';
    throw new ValidationError([{ parameter: 'flow', code: 'login_flow_not_supported', message }]);
  }

  private async exchange(account: string, support: DirectorySupport, code: string, flow: LoginFlow): Promise<string> {
    const id = await this.caller
      .ask(account, (call) => support.exchangeLoginCode(call, code, flow))
      .catch((error: unknown) => {
        if (!(error instanceof PermanentDeliveryError)) throw error;
        throw refused('login_code_refused', `the vendor refuses the code: ${error.message}`);
      });
    if (id === undefined) throw refused('not_a_member', 'the code belongs to somebody outside the organisation');
    return id;
  }

  private async supportOf(family: FamilyName, account: string): Promise<DirectorySupport> {
    const channel = await this.caller.channelOf(account);
    if (channel.directory && channel.family === family) return channel.directory;
    throw new NotFoundError('No such account of this vendor has an address book', 'unknown_account');
  }
}

const refused = (code: string, message: string): ValidationError =>
  new ValidationError([{ pointer: '/code', code, message }]);
