import { Inject, Injectable } from '@nestjs/common';
import { canonicalRef, type Visibility } from '#libs/messages';
import { RejectionStore } from '../rejections/rejection.store.js';
import { EvidenceReader, PersonFinder, spellingsOf } from './evidence.reader.js';
import type { Telling } from './evidence.js';
import { reasonOf, type Fate, type FateFilter } from './fate.js';
import { FateReader } from './fate.reader.js';
import type { Person } from './person-directory.js';
import { stationsOf, stationsOfSilence, type Fact, type Station } from './stations.js';
import { verdictOf, verdictOfSilence, type Verdict } from './verdict.js';

export interface ExplainRequest extends Telling {
  readonly ref: string;
  /** Looks half an hour before and after; absent: the last seven days. */
  readonly around?: Date;
  readonly message?: string;
  readonly template?: string;
  readonly businessKey?: string;
  readonly mayReadPeople: boolean;
}

export interface Candidate {
  readonly message: string;
  readonly template: string | null;
  readonly status: string;
  readonly reason?: string;
  readonly channel: string;
  readonly at: string;
}

export interface Explanation {
  readonly ref: string;
  readonly person?: Person;
  /** The message that is explained. */
  readonly message?: string;
  readonly deliveryNo?: number;
  readonly verdict: Verdict;
  readonly candidates: readonly Candidate[];
  readonly stations: readonly Station[];
}

const AROUND_MS = 1_800_000;
const DEFAULT_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;
const MOST_CANDIDATES = 50;
const MOST_COUNTED = 1_000;
const REACHED: readonly string[] = ['sent', 'delivered', 'read'];

interface Range {
  readonly from?: Date;
  readonly to?: Date;
}

/** Answers "why did they not get it": the chain of decisions of one message to one person, out of the rows alone. */
@Injectable()
export class ExplainService {
  constructor(
    @Inject(FateReader) private readonly fates: FateReader,
    @Inject(EvidenceReader) private readonly evidence: EvidenceReader,
    @Inject(PersonFinder) private readonly people: PersonFinder,
    @Inject(RejectionStore) private readonly rejections: RejectionStore,
  ) {}

  async explain(request: ExplainRequest, { callerId }: Visibility): Promise<Explanation> {
    const ref = canonicalRef(request.ref);
    const answer = await this.people.find(ref, request.mayReadPeople);
    const range = this.rangeOf(request);
    const refs = this.people.refsOf(ref, answer);
    const fates = await this.fates.list(refs, { ...filterOf(request, range, callerId), limit: MOST_CANDIDATES });
    const [first] = fates;
    const about = { ref, ...(answer.person && { person: answer.person }), candidates: fates.map(toCandidate) };
    if (!first) {
      const code = !answer.person && !('silent' in answer && answer.silent) ? 'unknown_person' : 'nobody_asked';
      const facts = await this.factsOfSilence(ref, request, range, callerId);
      const stations = stationsOfSilence(ref, request.language, facts);
      return { ...about, verdict: verdictOfSilence(code, request.language), stations };
    }
    const fate = chosenOf(fates, request.around) ?? first;
    const evidence = await this.evidence.collect(fate, answer, request);
    const verdict = await this.withScope(verdictOf(evidence), reasonOf(fate), callerId);
    return {
      ...about,
      message: fate.message_id,
      deliveryNo: fate.delivery_no,
      verdict,
      stations: stationsOf(evidence),
    };
  }

  /** What was sent to the person, or not: newest first. */
  async list(text: string, filter: FateFilter, mayReadPeople: boolean): Promise<readonly Fate[]> {
    const ref = canonicalRef(text);
    return this.fates.list(this.people.refsOf(ref, await this.people.find(ref, mayReadPeople)), filter);
  }

  private rangeOf({ around, businessKey, message }: ExplainRequest): Range {
    if (message !== undefined || businessKey !== undefined) return {};
    const now = this.people.clock.now();
    if (!around) return { from: new Date(now.getTime() - DEFAULT_MS) };
    return { from: new Date(around.getTime() - AROUND_MS), to: new Date(around.getTime() + AROUND_MS) };
  }

  /** How many messages share the fate: one person's trouble, or everybody's. */
  private async withScope(verdict: Verdict, reason: string | null, callerId: string | undefined): Promise<Verdict> {
    if (reason === null) return verdict;
    const since = new Date(this.people.clock.now().getTime() - DAY_MS);
    const count = await this.fates.countReason(reason, since, MOST_COUNTED + 1, callerId);
    const href = `/v1/messages?reason=${reason}&createdAfter=${since.toISOString()}`;
    return { ...verdict, scope: { count: Math.min(count, MOST_COUNTED), isMore: count > MOST_COUNTED, href } };
  }

  /** Where the message may have gone instead: refused, or written in another way. */
  private async factsOfSilence(
    ref: string,
    { template }: ExplainRequest,
    { from = new Date(0), to }: Range,
    callerId: string | undefined,
  ): Promise<readonly Fact[]> {
    const visible = callerId === undefined ? {} : { callerId };
    const wanted = template === undefined ? {} : { template: [template] };
    const until = to ? { to } : {};
    const [refused, others] = await Promise.all([
      this.rejections.list({ ...visible, ...wanted, from, ...until, limit: MOST_CANDIDATES }),
      this.fates.list(likeSpellings(ref), { ...visible, from, ...until, limit: 5 }),
    ]);
    // Without a time the list reaches back as far as it is kept: a link of no moment says the same to everybody.
    const query = new URLSearchParams({
      ...(to && { createdAfter: from.toISOString(), createdBefore: to.toISOString() }),
      ...(template !== undefined && { template }),
    }).toString();
    const href = `/v1/rejections${query === '' ? '' : `?${query}`}`;
    return [
      { label: 'rejections', value: String(refused.length), href },
      ...[...new Set(others.map((fate) => fate.ref))].map((other) => ({
        label: 'otherSpelling',
        value: other,
        href: `/v1/recipients/${encodeURIComponent(other)}/messages`,
      })),
    ];
  }
}

function filterOf(
  { businessKey, message, template }: ExplainRequest,
  range: Range,
  callerId: string | undefined,
): Omit<FateFilter, 'limit'> {
  return {
    ...range,
    ...(callerId !== undefined && { callerId }),
    ...(message !== undefined && { message }),
    ...(template !== undefined && { template }),
    ...(businessKey !== undefined && { businessKey }),
  };
}

/** The one that was not received and is nearest to the time asked for; else the nearest of all. */
function chosenOf(fates: readonly Fate[], around: Date | undefined): Fate | undefined {
  const distance = (fate: Fate): number => (around ? Math.abs(fate.created_at.getTime() - around.getTime()) : 0);
  const nearest = (among: readonly Fate[]): Fate | undefined =>
    among.reduce<Fate | undefined>((best, fate) => (best && distance(best) <= distance(fate) ? best : fate), undefined);
  return nearest(fates.filter(({ status }) => !REACHED.includes(status))) ?? nearest(fates);
}

function toCandidate(fate: Fate): Candidate {
  const reason = reasonOf(fate);
  return {
    message: fate.message_id,
    template: fate.template,
    status: fate.status,
    ...(reason !== null && { reason }),
    channel: fate.channel,
    at: fate.created_at.toISOString(),
  };
}

/** The same id in other cases and without its zeros. */
function likeSpellings(ref: string): readonly string[] {
  const [type = '', ...rest] = ref.split(':');
  const id = rest.join(':');
  const ids = [id.toLowerCase(), id.toUpperCase(), id.replace(/^0+/, ''), id.charAt(0).toUpperCase() + id.slice(1)];
  const known = spellingsOf(ref);
  return [...new Set(ids.flatMap((other) => spellingsOf(`${type}:${other}`)))].filter(
    (other) => !known.includes(other),
  );
}
