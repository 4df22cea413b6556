import { Injectable } from '@nestjs/common';
import type { Addressee } from '#libs/channels';
import type { ClaimedRecipient } from '#libs/messages';
import type { Step, StepResult } from '../pipeline.js';
import type { Verdict } from '../verdict.js';
import type { AdmittedDelivery, RoutedDelivery, RoutedRecipient } from './prepared-delivery.js';

/** Turns recipients into ids of the vendor; who has none there is told apart and never stops the others. */
@Injectable()
export class RouteStep implements Step<AdmittedDelivery, RoutedDelivery, Verdict> {
  readonly name = 'route';

  run(admitted: AdmittedDelivery): Promise<StepResult<RoutedDelivery, Verdict>> {
    return Promise.resolve(this.resolve(admitted));
  }

  private resolve(admitted: AdmittedDelivery): StepResult<RoutedDelivery, Verdict> {
    // A chat group is the account itself and has no id of its own.
    if (admitted.admitted.every(({ addresseeType }) => addresseeType === 'group')) {
      return { next: { ...admitted, targets: admitted.admitted.map((recipient) => ({ recipient })) } };
    }
    const resolved = admitted.admitted.map((recipient) => ({ recipient, addressee: addresseeOf(recipient) }));
    const unknown = resolved.filter(({ addressee }) => addressee === undefined);
    admitted.run.settled.push(
      ...unknown.map(({ recipient }) => ({
        rowNo: recipient.rowNo,
        status: 'invalid' as const,
        reason: 'not_in_directory',
      })),
    );
    const targets = resolved.flatMap(({ recipient, addressee }): RoutedRecipient[] =>
      addressee ? [{ recipient, addressee }] : [],
    );
    if (targets.length > 0) return { next: { ...admitted, targets } };
    return { stop: { status: 'failed', reason: 'not_in_directory' } };
  }
}

/** A business user id is the vendor's own id as long as no directory says otherwise; a mobile or e-mail is nobody. */
function addresseeOf({ addresseeType, addresseeId }: ClaimedRecipient): Addressee | undefined {
  switch (addresseeType) {
    case 'user':
    case 'native':
      return { type: 'user', id: addresseeId };
    case 'department':
    case 'tag':
    case 'all':
      return { type: addresseeType, id: addresseeId };
    default:
      return undefined;
  }
}
