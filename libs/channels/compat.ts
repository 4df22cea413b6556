import { HongyanError, isJsonObject, type ClassOf, type JsonObject, type JsonValue } from '#libs/core';
import { contentKindOf, type Content } from './content.js';
import { shapeOf } from './field-variants.js';
import { fieldsOf } from './fields.js';

/** Why a request in a vendor's form is not taken; each vendor has codes of its own for them. */
export type CompatFault =
  | 'missing_name'
  | 'missing_secret'
  | 'missing_credential'
  | 'unknown_name'
  | 'bad_secret'
  | 'bad_credential'
  | 'expired_token'
  | 'bad_signature'
  | 'stale_signature'
  | 'no_right'
  | 'malformed'
  | 'unknown_kind'
  | 'foreign_app'
  | 'no_recipients'
  | 'invalid'
  | 'throttled'
  | 'busy';

/** A request in a vendor's form that the vendor would refuse as well, or that the key has no right to. */
export class CompatRefusedError extends HongyanError {
  constructor(
    readonly fault: CompatFault,
    message: string,
  ) {
    super('compat_refused', message);
  }
}

export type CompatQuery = Readonly<Record<string, string>>;

/** What a tool shows to get a token: whose it wants, and its proof. */
export interface CompatLogin {
  readonly name: string;
  readonly secret: string;
}

/** A message as a tool wrote it for the vendor. */
export interface CompatMessage {
  readonly content: Content;
  /** As a caller of the API would write them. */
  readonly recipients: readonly JsonValue[];
  readonly options?: JsonObject;
  /** A request with the same one is the same message. */
  readonly repeatKey?: string;
}

/** The vendor's call for a token. */
export interface CompatLoginForm<Account extends object = object> {
  /** Below `/compat/<family>/`. */
  readonly path: string;
  /** @throws CompatRefusedError `missing_name`, `missing_secret` */
  read(query: CompatQuery): CompatLogin;
  /** Whether the vendor calls the account by this name. */
  isNamed(account: Account, name: string): boolean;
  granted(token: string, expiresInSeconds: number): JsonObject;
}

/** The vendor's call for sending. */
export interface CompatSendForm<Account extends object = object> {
  /** Below `/compat/<family>/`. */
  readonly path: string;
  /** The query parameter that holds the token, or the credential where the vendor has no tokens. */
  readonly credential: string;
  /** @throws CompatRefusedError `bad_signature`, `stale_signature` */
  verify?(account: Account, query: CompatQuery, now: Date): void;
  /** What the body asks for; fields that the vendor does not know are left out, as it does. @throws CompatRefusedError */
  read(body: JsonObject, account: Account): CompatMessage;
  accepted(messageId: string): JsonObject;
}

/** How this product takes the vendor's place for tools that speak to the vendor. Everything here is pure. */
export interface CompatSupport<Account extends object = object> {
  /** Absent: requests carry the credential itself. */
  readonly login?: CompatLoginForm<Account>;
  readonly send: CompatSendForm<Account>;
  /** What the vendor knows the account by: a tool that shows it may send in its name, where the account allows it. */
  credentialOf(account: Account): string;
  refused(fault: CompatFault, message: string): JsonObject;
}

/**
 * The content that `body` holds under the name of its kind, without the fields that the kind does not have.
 * @throws CompatRefusedError `unknown_kind`, `invalid`
 */
export function contentFrom(types: readonly ClassOf<object>[], body: JsonObject): Content {
  const kind = body['msgtype'];
  const type = types.find((candidate) => contentKindOf(candidate).kind === kind);
  if (typeof kind !== 'string' || !type) throw new CompatRefusedError('unknown_kind', 'unknown msgtype');
  const value = body[kind];
  if (!isJsonObject(value)) throw new CompatRefusedError('invalid', `missing ${kind}`);
  const known = new Set(fieldsOf(shapeOf(type, value)).map(({ name }) => name));
  const members = Object.entries(value).filter(([name, member]) => known.has(name) && member !== null);
  return { ...Object.fromEntries(members), kind };
}

/** A number, also one that was written as a text. */
export function wholeNumber(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
