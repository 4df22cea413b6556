import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CompatRefusedError, type ChannelDefinition, type CompatLogin, type CompatSupport } from '#libs/channels';
import { sha256 } from '#libs/core';
import { Authenticator, SecretBox, mayUseAccount, type Identity } from '#libs/security';
import { AccountReader } from '../account-reader.js';
import type { SendingAccount } from '../sending-account.js';
import { COMPAT_CALLER, CompatStore } from './compat.store.js';

/** A tool that has proved itself: through which account it sends, and on whose behalf. */
export interface CompatSender {
  readonly account: SendingAccount;
  readonly identity: Identity;
}

/** A channel that can be spoken to in its vendor's form. */
export type CompatChannel = ChannelDefinition & { readonly compat: CompatSupport };

export interface GrantedToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** As long as the vendors' tokens. */
const TOKEN_SECONDS = 7_200;
const TOKEN_BYTES = 32;
const TOKEN = /^hyt_[A-Za-z0-9_-]{43}$/;
const OWN_KEY = /^hy_/;

/** Lets tools in that speak a vendor's form: with a key of ours, or with the secret that the vendor gave the account. */
@Injectable()
export class CompatAccess {
  constructor(
    @Inject(AccountReader) private readonly accounts: AccountReader,
    @Inject(CompatStore) private readonly store: CompatStore,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(SecretBox) private readonly box: SecretBox,
  ) {}

  /**
   * A credential that travels with each request.
   * @throws CompatRefusedError, UnauthenticatedError, ForbiddenError
   */
  async open(channel: CompatChannel, credential: string, address: string): Promise<CompatSender> {
    if (!OWN_KEY.test(credential)) {
      const [account] = await this.holdersOf(channel, credential);
      if (!account) throw new CompatRefusedError('bad_credential', 'the credential is not known');
      return { account, identity: await this.identityOf(account.code) };
    }
    const identity = await this.identityBehind(credential, address);
    const named = (identity.accounts ?? []).length > 0 ? await this.usableBy(identity, channel) : [];
    const [account] = named;
    if (account && named.length === 1) return { account, identity };
    throw new CompatRefusedError('no_right', 'the key must name one account of this channel in its list of accounts');
  }

  /**
   * A token for the account that the tool names by its code or as its vendor does.
   * @throws CompatRefusedError, UnauthenticatedError, ForbiddenError
   */
  async login(channel: CompatChannel, { name, secret }: CompatLogin, address: string): Promise<GrantedToken> {
    const token = `hyt_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
    const grant = OWN_KEY.test(secret)
      ? await this.grantToKey(channel, name, secret, address)
      : await this.grantToSecret(channel, name, secret);
    await this.store.insertToken(sha256(token), grant, TOKEN_SECONDS);
    return { token, expiresInSeconds: TOKEN_SECONDS };
  }

  /** @throws CompatRefusedError, UnauthenticatedError, ForbiddenError */
  async openByToken(channel: CompatChannel, token: string, address: string): Promise<CompatSender> {
    if (!TOKEN.test(token)) throw new CompatRefusedError('bad_credential', 'invalid access_token');
    const grant = await this.store.findToken(sha256(token), channel.name);
    // A token of our form that is not known has been forgotten: the tool shall get a new one.
    if (!grant) throw new CompatRefusedError('expired_token', 'access_token expired');
    const account = await this.accounts.get(grant.account);
    if (grant.keyId === undefined) return { account, identity: await this.identityOf(account.code) };
    const identity = requireSending(await this.authenticator.authenticateHolder(grant.keyId, address));
    if (!mayUseAccount(identity, account.code)) throw notAllowed();
    return { account, identity };
  }

  private async grantToKey(channel: CompatChannel, name: string, key: string, address: string) {
    const identity = await this.identityBehind(key, address);
    const usable = await this.usableBy(identity, channel);
    const account = named(channel, name, usable);
    return { account: account.code, ...(identity.keyId !== undefined && { keyId: identity.keyId }) };
  }

  private async grantToSecret(channel: CompatChannel, name: string, secret: string) {
    const holders = await this.holdersOf(channel, secret);
    if (holders.length === 0) throw new CompatRefusedError('bad_secret', 'invalid credential');
    return { account: named(channel, name, holders).code, fingerprint: this.box.fingerprint(secret) };
  }

  /** Keys of the environment are for administration: they open nothing here, so that every token can be revoked. */
  private async identityBehind(key: string, address: string): Promise<Identity> {
    const identity = await this.authenticator.authenticate(`Bearer ${key}`, address);
    if (identity.keyId === undefined) throw notAllowed();
    return requireSending(identity);
  }

  private async usableBy(identity: Identity, channel: CompatChannel): Promise<readonly SendingAccount[]> {
    const codes = await this.store.listAccounts(channel.name);
    return Promise.all(codes.filter((code) => mayUseAccount(identity, code)).map((code) => this.accounts.get(code)));
  }

  /** Accounts whose own credential it is; a callback secret of the same account opens nothing. */
  private async holdersOf(channel: CompatChannel, credential: string): Promise<readonly SendingAccount[]> {
    const codes = await this.store.listByFingerprint(channel.name, this.box.fingerprints(credential));
    const accounts = await Promise.all(codes.map((code) => this.accounts.get(code)));
    return accounts.filter(({ config }) => isSame(channel.compat.credentialOf(config), credential));
  }

  /** Whoever holds the vendor's secret could send to anybody without us. */
  private async identityOf(account: string): Promise<Identity> {
    const callerId = await this.store.findCaller();
    if (callerId === undefined) throw new CompatRefusedError('no_right', `the caller ${COMPAT_CALLER} is disabled`);
    return {
      callerId,
      callerCode: COMPAT_CALLER,
      keyName: `${COMPAT_CALLER}:${account}`,
      preset: 'caller',
      scopes: new Set(['messages:send', 'messages:broadcast']),
      accounts: [account],
    };
  }
}

const isSame = (one: string, other: string): boolean => timingSafeEqual(sha256(one), sha256(other));

const notAllowed = (): CompatRefusedError =>
  new CompatRefusedError('no_right', 'the key may not send through this account');

/** Content without a template is for keys that may send any template. */
function requireSending(identity: Identity): Identity {
  if (!identity.scopes.has('messages:send')) throw notAllowed();
  if (identity.templates) throw new CompatRefusedError('no_right', 'the key may send certain templates only');
  return identity;
}

/** The one of these accounts that is meant. */
function named(channel: CompatChannel, name: string, accounts: readonly SendingAccount[]): SendingAccount {
  const byCode = accounts.find(({ code }) => code === name);
  if (byCode) return byCode;
  const [account, other] = accounts.filter(({ config }) => channel.compat.login?.isNamed(config, name));
  if (account && !other) return account;
  const why = account ? 'several accounts go by this name: give the code of one' : 'no account goes by this name';
  throw new CompatRefusedError('unknown_name', why);
}
