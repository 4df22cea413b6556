import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '#libs/database';
import { SealedColumn, SecretBox, type SealedRows, type SealedSecret } from '#libs/security';

/** Where a delivery keeps its code: sealed; in plain text where an older release has written it. */
export interface KeptCode {
  readonly message_id: string;
  readonly no: number;
  readonly sealed_code: SealedSecret | null;
  readonly response_code: string | null;
}

/** The one-use code by which the card of a delivery can be changed: nobody who reads the table can use it. */
@Injectable()
export class ResponseCodes {
  constructor(@Inject(SecretBox) private readonly box: SecretBox) {}

  /** As a `jsonb` parameter. */
  seal(messageId: string, deliveryNo: number, code: string): string {
    return JSON.stringify(this.box.seal(code, contextOf(messageId, deliveryNo)));
  }

  /** Plain text. @throws ConfigError `unreadable_secret` */
  find({ message_id: messageId, no, response_code: plain, sealed_code: sealed }: KeptCode): string | undefined {
    if (sealed) return this.box.open(sealed, contextOf(messageId, no));
    return plain ?? undefined;
  }
}

const contextOf = (messageId: string, deliveryNo: number): string => `delivery:${messageId}:${deliveryNo}:code`;

/** The codes that are young enough to be of use. */
export const sealedDeliveryCodes = (database: Database, box: SecretBox): SealedRows =>
  new SealedColumn(database, box, {
    name: 'codes of sends',
    table: 'delivery',
    keys: ['message_id', 'no'],
    column: 'sealed_code',
    isLive: `sealed_code IS NOT NULL AND sent_at > now() - interval '4 days'`,
    contextOf: (row) => contextOf(String(row['message_id']), Number(row['no'])),
  });
