import { Injectable } from '@nestjs/common';
import { Habits } from '../world/habits.js';
import { BoundedMap } from '../state/bounded-map.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { Ring } from '../state/ring.js';
import { SandboxClock } from '../state/sandbox-clock.js';
import type { CardChange, InboxEntry, TakenMessage } from './inbox-entry.js';

const CAPACITY = 20_000;

export interface InboxFilter {
  readonly channel?: string | undefined;
  readonly account?: string | undefined;
  readonly recipient?: string | undefined;
  readonly limit: number;
}

/** The newest 20,000 messages that the vendors took. */
@Injectable()
export class Inbox {
  private readonly ring = new Ring<InboxEntry>(CAPACITY);
  /** Outlives an emptied inbox: what was sent can still be recalled. */
  private readonly byProviderMsgId = new BoundedMap<string, InboxEntry>(CAPACITY);
  private lastId = 0;

  constructor(
    private readonly clock: SandboxClock,
    private readonly habits: Habits,
    resets: ResetRegistry,
  ) {
    resets.add(() => this.reset());
  }

  add(message: TakenMessage): InboxEntry {
    this.lastId += 1;
    const readBy = new Set(message.recipients.filter((recipient) => this.habits.of(recipient) === 'reads'));
    const entry: InboxEntry = {
      ...message,
      dropped: [...message.dropped],
      id: String(this.lastId),
      atMs: this.clock.nowMs(),
      readBy,
      changes: [],
      clicks: [],
    };
    this.ring.add(entry);
    if (entry.providerMsgId !== undefined) this.byProviderMsgId.set(entry.providerMsgId, entry);
    return entry;
  }

  /** Newest first. */
  list(filter: InboxFilter): InboxEntry[] {
    const found: InboxEntry[] = [];
    for (const entry of this.ring.newestFirst()) {
      if (found.length >= filter.limit) break;
      if (fits(entry, filter)) found.push(entry);
    }
    return found;
  }

  find(id: string): InboxEntry | undefined {
    for (const entry of this.ring.newestFirst()) if (entry.id === id) return entry;
    return undefined;
  }

  findSent(providerMsgId: string): InboxEntry | undefined {
    return this.byProviderMsgId.get(providerMsgId);
  }

  /** Only who sees a message can read it, and not after it was taken back. */
  markRead(entry: InboxEntry, readers: readonly string[]): void {
    if (entry.recalledAtMs !== undefined) return;
    for (const reader of readers) if (entry.recipients.includes(reader)) entry.readBy.add(reader);
  }

  markRecalled(entry: InboxEntry): void {
    entry.recalledAtMs ??= this.clock.nowMs();
  }

  updateCard(entry: InboxEntry, change: CardChange): void {
    entry.changes.push(change);
  }

  addClick(entry: InboxEntry, user: string, key: string): void {
    entry.clicks.push({ user, key, atMs: this.clock.nowMs() });
  }

  clear(): void {
    this.ring.clear();
  }

  private reset(): void {
    this.clear();
    this.byProviderMsgId.clear();
  }
}

function fits(entry: InboxEntry, filter: InboxFilter): boolean {
  return (
    (filter.channel === undefined || filter.channel === entry.channel) &&
    (filter.account === undefined || filter.account === entry.account) &&
    (filter.recipient === undefined || concerns(entry, filter.recipient))
  );
}

const concerns = (entry: InboxEntry, recipient: string): boolean =>
  entry.recipients.includes(recipient) || entry.dropped.some((drop) => drop.recipient === recipient);
