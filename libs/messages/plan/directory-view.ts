import { Inject, Injectable } from '@nestjs/common';
import { RecipientResolver, type NamedRecipient, type ResolvedRecipient } from '#libs/directory';
import type { ChannelDefinition, FamilyName } from '#libs/channels';
import type { ParsedRecipient } from '../recipients.js';
import { parseRecipients } from './assign-recipients.js';
import type { MessagePlan, SendRequest } from './message-plan.js';

/** What the directory says now of one recipient; the worker asks it again. */
export interface ResolvedView {
  readonly recipient: string;
  readonly channel: string;
  readonly providerUserId?: string;
  /** Why it would not be sent. */
  readonly reason?: string;
}

/** Recipients that cannot be reached through a vendor, as `<family> <ref>`. */
export type Unreachable = ReadonlySet<string>;

const NOBODY: Unreachable = new Set();

type Named = ParsedRecipient & NamedRecipient;
const isNamed = (recipient: ParsedRecipient): recipient is Named =>
  recipient.type === 'user' || recipient.type === 'mobile' || recipient.type === 'email';

/** Planning with the directory: only where it makes a difference, and in one statement per vendor. */
@Injectable()
export class DirectoryView {
  constructor(@Inject(RecipientResolver) private readonly directory: RecipientResolver) {}

  /** Whom a message to the first fitting route should not send on a route of a vendor that does not know them. */
  async unreachable({ recipients, template }: SendRequest): Promise<Unreachable> {
    const families = familiesOf(template.routes);
    if (template.strategy !== 'first' || families.length < 2 || !(await this.directory.isUsed())) return NOBODY;
    const named = parseRecipients(recipients).recipients.filter(isNamed);
    const answers = await Promise.all(families.map((family) => this.directory.resolve(family, named)));
    return new Set(
      families.flatMap((family, at) =>
        named.flatMap(({ ref }, index) => (isReached(answers[at]?.[index]) ? [] : [`${family} ${ref}`])),
      ),
    );
  }

  /** Whom a dry run would write to; empty as long as nobody is in the directory. */
  async resolved(plan: MessagePlan): Promise<readonly ResolvedView[]> {
    if (!(await this.directory.isUsed())) return [];
    const views = plan.deliveries.map(async ({ recipients, route: { channel } }) => {
      const named = recipients.flatMap(({ addresseeId, addresseeType, ref }) =>
        isName(addresseeType) ? [{ ref, type: addresseeType, id: addresseeId }] : [],
      );
      const answers = await this.directory.resolve(channel.family, named);
      const isTaken = plan.request.template.unknownUser === 'as_is';
      return named.map(({ id, ref, type }, index): ResolvedView => {
        const answer = answers[index] ?? { reason: 'not_in_directory' };
        const base = { recipient: ref, channel: channel.name };
        if ('id' in answer) return { ...base, providerUserId: answer.id };
        const asIs = isTaken && type === 'user' && answer.reason === 'not_in_directory';
        return asIs ? { ...base, providerUserId: id } : { ...base, reason: answer.reason };
      });
    });
    return (await Promise.all(views)).flat();
  }
}

const isName = (type: string): type is NamedRecipient['type'] =>
  type === 'user' || type === 'mobile' || type === 'email';

const isReached = (answer: ResolvedRecipient | undefined): boolean => answer !== undefined && 'id' in answer;

/** Vendors of routes to members: chat groups and customers are looked up by nobody. */
const familiesOf = (routes: SendRequest['template']['routes']): readonly FamilyName[] => [
  ...new Set(routes.flatMap(({ channel }) => (reachesMembers(channel) ? [channel.family] : []))),
];

const reachesMembers = ({ addressing }: ChannelDefinition): boolean =>
  addressing.to === 'people' && addressing.who === undefined;
