import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FamilyName } from '#libs/channels';
import { IdentityFeedback } from '#libs/directory';

/** How one recipient ended. */
export interface RecipientEnd {
  readonly status: string;
  readonly reason?: string | undefined;
  /** The vendor's id; absent: a group, or nobody. */
  readonly id?: string | undefined;
}

/** The vendor knows nobody of this id: trying again helps nobody. What it says of rights and limits is about the account. */
const NOBODY: ReadonlySet<string> = new Set(['recipient_unknown']);

/** Tells the directory whom a vendor does not know. What happened to the message is written by then. */
@Injectable()
export class RefusalFeedback {
  private readonly logger = new Logger('Directory');

  constructor(@Inject(IdentityFeedback) private readonly identities: IdentityFeedback) {}

  /** Never rejects: the next refusal says it again. */
  async note(family: FamilyName, ends: readonly RecipientEnd[]): Promise<void> {
    const refused = ends.flatMap(({ id, reason, status }) =>
      status === 'invalid' && reason !== undefined && NOBODY.has(reason) && id !== undefined
        ? [{ family, providerUserId: id, reason }]
        : [],
    );
    if (refused.length === 0) return;
    await this.identities
      .note(refused)
      .catch((error: unknown) => this.logger.warn(`Refused identities could not be marked: ${String(error)}`));
  }
}
