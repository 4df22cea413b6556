import type { JsonObject } from '#libs/core';
import type { Addressee, ChannelDefinition } from '../channel.js';
import type { UploadForm } from '../media.js';
import type { AddresseeReceipt } from '../receipts.js';

/** How a call must end. `refused` is certainly not sent, either retried or given up. */
export type ContractOutcome =
  'sent' | 'retry' | 'rate' | 'permanent' | 'credentials' | 'token' | 'ambiguous' | 'refused';

/** Codes are numbers, or words in newer APIs. */
export type ProviderCode = number | string;

export interface RefusalCase {
  readonly addressees: readonly Addressee[];
  readonly answer: JsonObject;
  /** `<type>:<id>` of each refused addressee → reason. */
  readonly refused: Readonly<Record<string, string>>;
}

export interface UploadCase {
  /** The vendor's yes by form, and what it names. */
  readonly success: Readonly<Partial<Record<UploadForm, { readonly answer: JsonObject; readonly value: string }>>>;
  /** How long an upload lives; undefined: for ever. */
  readonly lifetimeMs?: number;
  readonly refusal: (code: ProviderCode, text: string) => JsonObject;
  /** One code of each kind; `token` only where the channel fetches tokens. */
  readonly codes: { readonly busy: number; readonly size: number; readonly token?: number };
  /** The code for a media id that the vendor does not know, in the answer to a message; absent: none is documented. */
  readonly unknownMedia?: ProviderCode;
}

export interface ReceiptCase {
  readonly addressees: readonly Addressee[];
  /** What the calls before the last one of a question are answered, where it takes several. */
  readonly before?: readonly JsonObject[];
  readonly answer: JsonObject;
  /** `<type>:<id>` of each addressee that the answer tells of → state. */
  readonly states: Readonly<Record<string, AddresseeReceipt['state']>>;
  /** An answer that tells of nobody yet. */
  readonly nothing: JsonObject;
}

/** What the contract suite must know about a channel beside its definition. */
export interface ContractHarness<Account extends object> {
  /** Account config with every secret filled in by something recognisable. */
  readonly account: Account;
  /** The secrets in `account`: none may show in an error or a receipt. */
  readonly secrets: readonly string[];
  /** Addressees of an ordinary message; empty on group channels. */
  readonly addressees: readonly Addressee[];
  /** The vendor's yes to a message. */
  readonly success: JsonObject;
  /** The field of the answer that decides: the code, or what only a success holds. */
  readonly codeField: string;
  /** The vendor's no: the body of a refusal with this code and text. */
  readonly refusal: (code: ProviderCode, text: string) => JsonObject;
  /** One code of each kind; `token` only where the channel fetches tokens. */
  readonly codes: {
    readonly busy: ProviderCode;
    readonly rate: ProviderCode;
    readonly content: ProviderCode;
    readonly credentials: ProviderCode;
    readonly token?: ProviderCode;
  };
  readonly partial?: RefusalCase;
  readonly total?: RefusalCase;
  /** The answer to a recall, where the channel has one. */
  readonly recalled?: JsonObject;
  /** The answers to the calls that then find out what could not be taken back, where the vendor stops only what is left. */
  readonly afterRecall?: readonly JsonObject[];
  /** The answer to a question about a sent message, where the channel tells receipts. */
  readonly receipts?: ReceiptCase;
  /** The answer to a token request, where the channel fetches one. */
  readonly token?: { readonly answer: JsonObject; readonly value: string; readonly expiresInSeconds: number };
  /** How the vendor answers uploads, where the channel makes them. */
  readonly uploads?: UploadCase;
  /** Outcomes that this vendor's sheet wants otherwise, by the row's name. */
  readonly outcomes?: Readonly<Record<string, ContractOutcome>>;
}

/** One channel under test. */
export interface ContractSubject<Account extends object> {
  readonly definition: ChannelDefinition<Account>;
  readonly harness: ContractHarness<Account>;
}
