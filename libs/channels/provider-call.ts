import type { ProviderHttp } from './provider-http.js';

/** Everything a handler needs about the account it calls through. Credentials are plain text here and nowhere else. */
export interface ProviderCall<Account extends object = object> {
  readonly account: Account;
  readonly accountCode: string;
  /** Base addresses without trailing slash, by host key of the family. */
  readonly hosts: { readonly primary: string; readonly v1: string };
  readonly http: ProviderHttp;
  /** Access token; empty for channels without one. */
  readonly token: string;
  readonly now: Date;
  readonly signal: AbortSignal;
}
