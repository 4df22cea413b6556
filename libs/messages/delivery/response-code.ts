import { Inject, Injectable } from '@nestjs/common';
import { SecretBox, type SealedSecret } from '#libs/security';

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
