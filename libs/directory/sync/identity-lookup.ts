import { Inject, Injectable } from '@nestjs/common';
import type { DirectorySupport } from '#libs/channels';
import { canonicalNativeId } from '../canonical.js';
import type { AddressBook, Ask } from './address-book.js';
import type { CallPace } from './call-pace.js';
import { LookupStore, type LookupCandidate } from './lookup.store.js';
import { MatchStore, type SyncScope } from './match.store.js';

/** The vendor blocks an account's look-ups for a day at 20 % of the headcount in failures; half of that is ours. */
const SHARE_OF_FAILURES = 0.1;
const MOST_CANDIDATES = 10_000;

export interface LookupRun {
  readonly scope: SyncScope;
  readonly book: AddressBook;
  readonly support: DirectorySupport;
  readonly ask: Ask;
  readonly pace: CallPace;
}

export interface LookupCounts {
  readonly lookups: number;
  readonly lookupFailures: number;
  readonly matchedByMobile: number;
  readonly matchedByEmail: number;
}

type Way = 'mobile' | 'email';

/**
 * Matching in the other direction: where the vendor tells no mobiles and no e-mails, it is asked whose they are. Before
 * anybody is created, so that nobody is there twice.
 */
@Injectable()
export class IdentityLookup {
  constructor(
    @Inject(LookupStore) private readonly lookups: LookupStore,
    @Inject(MatchStore) private readonly matches: MatchStore,
  ) {}

  /** Stops at a tenth of the headcount in failures within 24 hours; who is left comes with a later sync. */
  async run({ ask, book, pace, scope, support }: LookupRun): Promise<LookupCounts> {
    const counts = { lookups: 0, lookupFailures: 0, matchedByMobile: 0, matchedByEmail: 0 };
    const told = toldIn(book);
    const mostFailures = Math.floor(book.users.size * SHARE_OF_FAILURES);
    let failures = await this.lookups.countFailures(scope);
    if (told.isComplete || failures >= mostFailures) return counts;
    for (const candidate of await this.lookups.candidates(scope, MOST_CANDIDATES)) {
      for (const { way, wanted, find } of questionsOf(candidate, support, told)) {
        if (failures >= mostFailures) return counts;
        counts.lookups += 1;
        const id = await ask(pace, (call) => find(call, wanted));
        if (id === undefined) {
          failures += 1;
          counts.lookupFailures += 1;
          await this.lookups.noteFailure(scope, candidate.user, wanted);
          continue;
        }
        if (await this.bind(scope, book, { user: candidate.user, id, way })) {
          counts[way === 'mobile' ? 'matchedByMobile' : 'matchedByEmail'] += 1;
        }
        break;
      }
    }
    return counts;
  }

  /** Whom the account does not see cannot be written to through it. False: somebody has the id already. */
  private async bind(
    scope: SyncScope,
    { users }: AddressBook,
    { id, user, way }: { readonly id: string; readonly user: string; readonly way: Way },
  ): Promise<boolean> {
    const found = users.get(canonicalNativeId(scope.family, id));
    if (!found) return false;
    const { people } = await this.matches.neighbours(scope.family, [found]);
    const owner = people.find(({ key }) => key === found.key);
    if (owner) return false;
    await this.matches.write(scope, { known: [], bound: [{ found, user, by: way }], created: [], conflicts: [] });
    return true;
  }
}

/** Mobiles and e-mails that the address book tells by itself need no look-up. */
interface Told {
  readonly mobiles: ReadonlySet<string>;
  readonly emails: ReadonlySet<string>;
  /** It tells the mobile of everybody. */
  readonly isComplete: boolean;
}

function toldIn({ users }: AddressBook): Told {
  const all = [...users.values()];
  const mobiles = new Set(all.flatMap(({ mobile }) => mobile ?? []));
  const emails = new Set(all.flatMap(({ email }) => email ?? []));
  return { mobiles, emails, isComplete: all.every(({ mobile }) => mobile !== undefined) };
}

interface Question {
  readonly way: Way;
  readonly wanted: string;
  readonly find: DirectorySupport['findByMobile'];
}

function questionsOf({ email, mobile }: LookupCandidate, support: DirectorySupport, told: Told): Question[] {
  const questions: Question[] = [];
  if (mobile !== null && !told.mobiles.has(mobile)) {
    questions.push({ way: 'mobile', wanted: mobile, find: (call, wanted) => support.findByMobile(call, wanted) });
  }
  if (email !== null && support.findByEmail && !told.emails.has(email)) {
    const find: Question['find'] = async (call, wanted) => support.findByEmail?.(call, wanted);
    questions.push({ way: 'email', wanted: email, find });
  }
  return questions;
}
