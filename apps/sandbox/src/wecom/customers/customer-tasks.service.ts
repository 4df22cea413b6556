import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Refusal } from '../../exchange/refusal.js';
import type { VendorCall } from '../../exchange/vendor-call.js';
import type { DropReason, InboxEntry, TakenMessage, TaskPart } from '../../inbox/inbox-entry.js';
import { Inbox } from '../../inbox/inbox.service.js';
import { ResetRegistry } from '../../state/reset-registry.js';
import { SandboxClock } from '../../state/sandbox-clock.js';
import { parseBody, requiredText } from '../wecom-body.js';
import { CustomerWorld } from './customer-world.service.js';

/** The vendor hands a task out to members for a while; until then it answers 41063. */
const DISPATCH_MS = 2_000;

/** States in a result. */
export const RESULT = { notSent: 0, sent: 1, notAFriend: 2, overLimit: 3 } as const;
export type Result = (typeof RESULT)[keyof typeof RESULT];

const DROPS: Readonly<Partial<Record<Result, DropReason>>> = {
  [RESULT.notAFriend]: 'not_a_friend',
  [RESULT.overLimit]: 'customer_limit',
};

/** Messages to customers: tasks that members confirm. */
@Injectable()
export class CustomerTasks {
  /** By inbox entry and customer. */
  private readonly results = new Map<string, Map<string, Result>>();
  /** Messages that a customer got in a month. */
  private readonly monthly = new Map<string, number>();

  constructor(
    private readonly inbox: Inbox,
    private readonly clock: SandboxClock,
    private readonly world: CustomerWorld,
    resets: ResetRegistry,
  ) {
    resets.add(() => {
      this.results.clear();
      this.monthly.clear();
    });
  }

  /** Takes a task; members who confirm at once have done so when this returns. Answers its id. */
  add(message: Omit<TakenMessage, 'providerMsgId' | 'recipients'> & { readonly parts: readonly TaskPart[] }): string {
    const providerMsgId = `msg-${randomBytes(24).toString('base64url')}`;
    const recipients = message.parts.flatMap(({ customers }) => customers);
    const entry = this.inbox.add({ ...message, recipients, providerMsgId });
    this.results.set(entry.id, new Map());
    for (const { member } of message.parts)
      if (this.world.habits.of(member) === 'confirms') this.confirm(entry, member);
    return providerMsgId;
  }

  /** The app's own task that a call names. */
  taskOf(call: VendorCall): InboxEntry {
    const app = this.world.access.appOf(call);
    const id = requiredText(parseBody(call), 'msgid', 41046);
    const entry = this.inbox.findSent(id);
    if (entry?.account !== app.account || !entry.parts) throw new Refusal(41047, 'invalid msgid');
    return entry;
  }

  /** Refuses a task that was handed out a moment ago. */
  judgeDispatched(entry: InboxEntry): void {
    if (this.clock.nowMs() - entry.atMs < DISPATCH_MS) throw new Refusal(41063, 'msg is dispatching');
  }

  resultOf({ id }: InboxEntry, customer: string): Result {
    return this.results.get(id)?.get(customer) ?? RESULT.notSent;
  }

  /** A member confirms their part in the client; undefined when there is none, or it is over. */
  confirm(entry: InboxEntry, member: string): TaskPart | undefined {
    const part = entry.parts?.find((own) => own.member === member);
    if (!part || part.confirmedAtMs !== undefined || entry.recalledAtMs !== undefined) return undefined;
    part.confirmedAtMs = this.clock.nowMs();
    const results = this.results.get(entry.id) ?? new Map<string, Result>();
    for (const customer of part.customers) {
      const result = this.deliver(customer);
      results.set(customer, result);
      const reason = DROPS[result];
      if (reason) entry.dropped.push({ recipient: customer, reason });
    }
    this.results.set(entry.id, results);
    return part;
  }

  private deliver(customer: string): Result {
    const habit = this.world.habits.of(customer);
    if (habit === 'refuses' || !this.world.customers.find(customer)) return RESULT.notAFriend;
    const month = this.clock.chinaDay().slice(0, 7);
    const key = `${month} ${customer}`;
    const had = this.monthly.get(key) ?? 0;
    if (habit === 'limited' || (this.world.limits.enforced && had >= daysIn(month))) return RESULT.overLimit;
    this.monthly.set(key, had + 1);
    return RESULT.sent;
  }
}

/** A customer gets as many mass messages in a month as it has days. */
function daysIn(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}
