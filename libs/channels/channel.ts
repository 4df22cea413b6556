import type { ClassOf, JsonObject, JsonValue, LocalizedText, SizeLimit, Fault } from '#libs/core';
import type { CallbackSupport } from './callback.js';
import type { CardUpdateSupport } from './card-update.js';
import type { CompatSupport } from './compat.js';
import type { Addressee } from './addressee.js';
import type { Content } from './content.js';
import type { CustomerSupport } from './customers.js';
import type { DirectorySupport } from './directory.js';
import type { FamilyName } from './families.js';
import type { MediaSupport } from './media.js';
import type { ProviderCall } from './provider-call.js';
import type { ProviderErrorTable } from './provider-errors.js';
import type { FetchedReceipts, ReceiptSupport } from './receipts.js';

export type { Addressee } from './addressee.js';

/** Whom a group message mentions. */
export type Mention =
  | { readonly type: 'user'; readonly id: string }
  | { readonly type: 'mobile'; readonly id: string }
  | { readonly type: 'all' };

/** People channels address persons; group channels address one chat group, the account itself. */
export type Addressing =
  | {
      readonly to: 'people';
      /** Absent: members, whom the directory knows. Customers are known to the vendor only, and named as such. */
      readonly who?: 'customers';
      /** An account may stand for a chat group as well: a message without recipients goes there. */
      readonly orGroup?: true;
      /** Most addressees of each type in one call. Absent: the type is not supported. */
      readonly perCall: {
        readonly user: number;
        readonly department?: number;
        readonly tag?: number;
        readonly all?: 1;
      };
      /** Characters that would break out of one id in the vendor's lists. */
      readonly separators: readonly string[];
      /** Content kinds that cannot go to everybody although others can. */
      readonly notToAll?: readonly string[];
    }
  | { readonly to: 'group'; readonly maxMentions: number };

export type RecallSupport =
  | { readonly supported: true; readonly windowSeconds: number }
  | { readonly supported: false; readonly why: LocalizedText };

export interface LimitDefinition {
  /** Key in an account's `limits`. */
  readonly key: string;
  readonly label: LocalizedText;
  /** What is counted: calls of the account, messages to one person, equal content to one person. */
  readonly scope: 'account' | 'person' | 'person_content';
  readonly limit: number;
  readonly windowSeconds: number;
}

/** A route option that the channel accepts beside `onOverlong` and `mentions`. */
export interface RouteOption {
  readonly name: string;
  readonly label: LocalizedText;
  readonly type: 'integer' | 'boolean';
  readonly values?: readonly number[];
  /** Values by content kind that takes the option, instead of `values`. Absent: every kind takes it. */
  readonly kinds?: Readonly<Record<string, readonly number[]>>;
  readonly min?: number;
  readonly max?: number;
}

/** The unit of work as the handler sees it: final content, resolved addressees. */
export interface OutboundDelivery {
  /** `<messageId>-<no>`: stable over all attempts of the delivery. */
  readonly deliveryId: string;
  readonly content: Content;
  /** Empty when the message goes to the account's chat group. */
  readonly addressees: readonly Addressee[];
  /** Empty on people channels. */
  readonly mentions: readonly Mention[];
  readonly options: Readonly<Record<string, JsonValue>>;
  /** The vendor is to show the content once only within this time. Absent: the call does not ask for it. */
  readonly repeatCheckSeconds?: number;
}

/**
 * The vendor shows equal contents once only within a time, when the call asks for it, and says nothing about a copy that
 * it drops. It may drop another message with this content just as well.
 */
export interface RepeatCheck {
  readonly longestSeconds: number;
  /** What the author of a route has decided: seconds, or 0 for off; undefined: nothing. */
  asked(options: OutboundDelivery['options']): number | undefined;
}

export interface RefusedRecipient {
  readonly addressee: Addressee;
  /** Code of the reason catalogue. */
  readonly reason: string;
  readonly providerCode?: string;
}

/** A provider's yes. Addressees not in `refused` were accepted. */
export interface SendReceipt {
  readonly providerMsgId?: string;
  /** One-use code that updates an interactive card. */
  readonly responseCode?: string;
  /** The id under which clicks on the card come back. Present for cards that call back. */
  readonly cardId?: string;
  readonly refused: readonly RefusedRecipient[];
  /** The provider's code for success, as text. */
  readonly providerCode: string;
}

export interface SentDelivery {
  readonly providerMsgId: string;
  /** Empty when the message went to the account's chat group. */
  readonly addressees: readonly Addressee[];
  readonly sentAt: Date;
}

/** What a recall that the vendor has carried out could not take back any more. */
export interface RecallAnswer {
  /** Addressees who have the message, and keep it. */
  readonly kept: readonly Addressee[];
}

export interface ChannelHandler<Account extends object = object> {
  /** The JSON body of the call. Pure: equal input, equal bytes. */
  buildBody(delivery: OutboundDelivery, account: Account): JsonObject;

  /**
   * Makes exactly one provider call.
   * @throws the delivery errors of `#libs/core`, classified by the channel's error table.
   */
  send(call: ProviderCall<Account>, delivery: OutboundDelivery): Promise<SendReceipt>;

  /**
   * Takes a sent message back; without an answer from everybody. Present exactly when the definition says that recall is
   * supported.
   */
  recall?(call: ProviderCall<Account>, sent: SentDelivery): Promise<RecallAnswer | void>;
  /**
   * Asks what became of a sent message; asking does no harm and may be repeated. Present exactly when the definition says
   * that receipts are supported.
   */
  fetchReceipts?(call: ProviderCall<Account>, sent: SentDelivery): Promise<FetchedReceipts>;
}

export interface FetchedToken {
  readonly value: string;
  /** As the vendor says; the token service clamps it to 60–7200 s. */
  readonly expiresInSeconds: number;
}

export interface AccountFinding {
  readonly check: string;
  readonly ok: boolean;
  readonly text: LocalizedText;
  readonly remedy?: LocalizedText;
}

/** Most repetitions after unclear outcomes: where the vendor itself suppresses them, and where it does not. */
export const RESENDS_AFTER_AMBIGUITY = { protected: 3, unprotected: 1 } as const;

type ResendsAfterAmbiguity = (typeof RESENDS_AFTER_AMBIGUITY)[keyof typeof RESENDS_AFTER_AMBIGUITY];

/** A kind of destination: one folder under `libs/channels`, one line in the registry. */
export interface ChannelDefinition<Account extends object = object> {
  /** kebab-case */
  readonly name: string;
  readonly family: FamilyName;
  readonly label: LocalizedText;
  /** For badges and narrow columns; absent: the label. */
  readonly short?: LocalizedText;
  /** Class with field decorators: drives validation, secret handling and the console's form. */
  readonly account: ClassOf<Account>;
  /** One class per content kind, each decorated with `@ContentKind`. */
  readonly contents: readonly ClassOf<object>[];
  readonly addressing: Addressing;
  readonly options: readonly RouteOption[];
  readonly limits: readonly LimitDefinition[];
  readonly recall: RecallSupport;
  /** Whether the vendor tells who was reached and who has read. */
  readonly receipts: ReceiptSupport;
  /** Most times an attempt of unclear outcome may be repeated: 3 with the vendor's own duplicate protection, else 1. */
  readonly resendsAfterAmbiguity: ResendsAfterAmbiguity;
  /** Absent: the vendor cannot be asked to drop repetitions. */
  readonly repeatCheck?: RepeatCheck;
  /** Limit of the whole JSON body, where the vendor has one. */
  readonly bodyLimit?: SizeLimit;
  /** Account fields that hold credentials which together identify the vendor app: changing one clears the token. */
  readonly handler: ChannelHandler<Account>;
  /** What the vendor's codes mean: judges every answer, and explains it to people. */
  readonly errors: ProviderErrorTable;

  /** Writes the mentions into the content where the vendor wants them there. Pure; runs before lengths are checked. */
  mention?(content: Content, mentions: readonly Mention[]): Content;
  /** Refuses mentions that the kind cannot carry. */
  checkMentions?(kind: string, mentions: readonly Mention[]): readonly Fault[];
  /** Refuses a content that cannot travel to these addressees together. Pure; the faults point into the message. */
  checkAddressees?(content: Content, addressees: readonly Pick<Addressee, 'type'>[]): readonly Fault[];
  /** Normalises and checks account config beyond its fields, e.g. takes the key out of a pasted webhook address. */
  normalizeAccount?(config: Account): {
    readonly config: Account;
    readonly baseUrl?: string;
    readonly faults: readonly Fault[];
  };
  /** Fetches an access token. Present for channels whose calls need one. */
  fetchToken?(call: Omit<ProviderCall<Account>, 'token'>): Promise<FetchedToken>;
  /** How files get to the vendor; absent: its messages carry none, or carry the bytes themselves. */
  readonly media?: MediaSupport<Account>;
  /** How cards that were sent are changed; absent: they stay as they are. */
  readonly cards?: CardUpdateSupport<Account>;
  /** How the account hears from its vendor; absent: it does not. */
  readonly callback?: CallbackSupport<Account>;
  /** How tools that speak to the vendor can speak to this product instead; absent: they cannot. */
  readonly compat?: CompatSupport<Account>;
  /** How the account reads the customers of the staff; absent: it cannot. */
  readonly customers?: CustomerSupport<Account>;
  /** How the account reads its vendor's address book; absent: it cannot. */
  readonly directory?: DirectorySupport<Account>;
  /** A harmless look at the account: each finding with the way to mend it. Bounded to 10 s by the caller. */
  checkAccount?(call: ProviderCall<Account>): Promise<readonly AccountFinding[]>;

  /** What `npm start` seeds: an account on the sandbox and a template to try. */
  readonly sandbox: {
    readonly account: JsonObject;
    readonly content: Content;
    /** Recipients of the demo message; empty on group channels. */
    readonly recipients: readonly JsonValue[];
  };
}
