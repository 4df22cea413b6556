import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';

/**
 * What somebody does with messages. In the fake DingTalk a member `reads` as soon as they arrive · `refuses` work messages:
 * they are shielded from apps · `limited`: has had today's share already · `loses`: they do not arrive.
 * In the fake WeCom a member `confirms` messages to customers at once, and a customer `refuses`, being no contact any more,
 * or is `limited`.
 */
export const HABITS = ['reads', 'refuses', 'limited', 'loses', 'confirms'] as const;
export type Habit = (typeof HABITS)[number];

/** Members that a tester has made behave in some way; all others get their messages and read them when told to. */
@Injectable()
export class Habits {
  private readonly byMember = new Map<string, Habit>();

  constructor(resets: ResetRegistry) {
    resets.add(() => this.byMember.clear());
  }

  /** `null`: like everybody else again. */
  set(members: readonly string[], habit: Habit | null): void {
    for (const member of members) {
      if (habit === null) this.byMember.delete(member);
      else this.byMember.set(member, habit);
    }
  }

  of(member: string): Habit | undefined {
    return this.byMember.get(member);
  }

  shown(): Readonly<Record<string, Habit>> {
    return Object.fromEntries(this.byMember);
  }
}
