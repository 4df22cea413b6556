import { Inject, Injectable } from '@nestjs/common';
import type { Addressee } from '#libs/channels';
import { RecipientResolver, type NamedRecipient, type ResolvedRecipient } from '#libs/directory';
import { ResolvedIdStore, type ClaimedRecipient, type RecipientOutcome } from '#libs/messages';
import type { Step, StepResult } from '../pipeline.js';
import type { Verdict } from '../verdict.js';
import type { AdmittedDelivery, RoutedDelivery, RoutedRecipient } from './prepared-delivery.js';

interface Named {
  readonly recipient: ClaimedRecipient;
  readonly name: NamedRecipient;
}

/** Turns recipients into ids of the vendor; who has none there is told apart and never stops the others. */
@Injectable()
export class RouteStep implements Step<AdmittedDelivery, RoutedDelivery, Verdict> {
  readonly name = 'route';

  constructor(
    @Inject(RecipientResolver) private readonly directory: RecipientResolver,
    @Inject(ResolvedIdStore) private readonly resolvedIds: ResolvedIdStore,
  ) {}

  async run(admitted: AdmittedDelivery): Promise<StepResult<RoutedDelivery, Verdict>> {
    // A chat group is the account itself and has no id of its own.
    if (admitted.admitted.every(({ addresseeType }) => addresseeType === 'group')) {
      return { next: { ...admitted, targets: admitted.admitted.map((recipient) => ({ recipient })) } };
    }
    const answers = await this.ask(admitted);
    const settled: RecipientOutcome[] = [];
    const targets: RoutedRecipient[] = [];
    for (const recipient of admitted.admitted) {
      const answer = answers.get(recipient.rowNo) ?? plainAddressee(recipient);
      if ('reason' in answer) settled.push(endFor(recipient.rowNo, answer.reason));
      else targets.push({ recipient, addressee: answer });
    }
    admitted.run.settled.push(...settled);
    for (const { addressee, recipient } of targets) {
      if (addressee?.type === 'user') admitted.run.addressed.set(recipient.rowNo, addressee.id);
    }
    if (targets.length === 0) return { stop: nobodyLeft(settled) };
    await this.keep(admitted, targets);
    return { next: { ...admitted, targets } };
  }

  /** What the directory says of those whom only it knows. As long as it is empty, a user id is the vendor's own. */
  private async ask(admitted: AdmittedDelivery): Promise<ReadonlyMap<number, Addressee | { reason: string }>> {
    const named = admitted.admitted.flatMap((recipient): Named[] => {
      const name = nameOf(recipient);
      return name ? [{ recipient, name }] : [];
    });
    if (named.length === 0 || !(await this.directory.isUsed())) return new Map();
    const { family } = admitted.route.channel;
    const resolved = await this.directory.resolve(
      family,
      named.map(({ name }) => name),
    );
    const takesUnknown = admitted.template.unknownUser === 'as_is';
    return new Map(
      named.map(({ name, recipient }, index) => {
        const answer = resolved[index] ?? NOT_IN_DIRECTORY;
        return [recipient.rowNo, addresseeFor(name, answer, takesUnknown)] as const;
      }),
    );
  }

  /** Receipts name people by the vendor's id. */
  private async keep({ delivery }: AdmittedDelivery, targets: readonly RoutedRecipient[]): Promise<void> {
    const ids = targets.flatMap(({ addressee, recipient: { addresseeId, rowNo } }) =>
      addressee?.type === 'user' && addressee.id !== addresseeId ? [{ rowNo, providerUserId: addressee.id }] : [],
    );
    if (ids.length > 0) await this.resolvedIds.write({ delivery, ids });
  }
}

const NOT_IN_DIRECTORY: ResolvedRecipient = { reason: 'not_in_directory' };

function nameOf({ addresseeId, addresseeType }: ClaimedRecipient): NamedRecipient | undefined {
  if (addresseeType === 'user' || addresseeType === 'mobile' || addresseeType === 'email') {
    return { type: addresseeType, id: addresseeId };
  }
  return undefined;
}

function addresseeFor(
  { id, type }: NamedRecipient,
  answer: ResolvedRecipient,
  takesUnknown: boolean,
): Addressee | { reason: string } {
  if ('id' in answer) return { type: 'user', id: answer.id };
  if (takesUnknown && type === 'user' && answer.reason === 'not_in_directory') return { type: 'user', id };
  return answer;
}

/** Without a directory a business user id is the vendor's own, and a mobile or e-mail is nobody. */
function plainAddressee({ addresseeType, addresseeId }: ClaimedRecipient): Addressee | { reason: string } {
  switch (addresseeType) {
    case 'user':
    case 'native':
    case 'customer':
      return { type: 'user', id: addresseeId };
    case 'department':
    case 'tag':
    case 'all':
      return { type: addresseeType, id: addresseeId };
    default:
      return { reason: 'not_in_directory' };
  }
}

/** Who has left is left out on purpose; everybody else may be reached on another route. */
const endFor = (rowNo: number, reason: string): RecipientOutcome => ({
  rowNo,
  status: reason === 'person_inactive' ? 'suppressed' : 'invalid',
  reason,
});

function nobodyLeft(settled: readonly RecipientOutcome[]): NonNullable<Verdict> {
  const reasons = new Set(settled.map(({ reason }) => reason));
  const [only] = reasons.size === 1 ? reasons : ['all_invalid'];
  const isOnPurpose = settled.every(({ status }) => status === 'suppressed');
  return { status: isOnPurpose ? 'suppressed' : 'failed', reason: only ?? 'all_invalid' };
}
