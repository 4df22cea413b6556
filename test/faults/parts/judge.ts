import type { Submitted } from './load.js';
import type { StoredMessage } from './records.js';
import type { Copy } from './vendor-record.js';

export interface Evidence {
  readonly submitted: readonly Submitted[];
  readonly stored: readonly StoredMessage[];
  readonly copiesOf: (text: string) => readonly Copy[];
  /** Wall clock of the moment in which the fault was over, if there was one. */
  readonly healedAtMs?: number;
}

/** Figures of one scenario, from the client, the vendors and the tables; never from the product's own counters. */
export interface Figures {
  readonly offered: number;
  /** Promised to the client. */
  readonly accepted: number;
  /** Of those, shown by a vendor at least once. */
  readonly delivered: number;
  /** Promised, never shown, and no state says so. */
  readonly lost: number;
  /**
   * Shown twice although the vendor or the policy protects from it, without an unclear attempt that explains it, or
   * without the flag that says so.
   */
  readonly duplicated: number;
  /** Copies beyond the first one that an unclear attempt explains, where nothing protects from it. */
  readonly resent: number;
  /** Messages that wait for a person because nobody knows whether they arrived. */
  readonly unknown: number;
  /** In another final state, e.g. failed or expired. */
  readonly ended: number;
  /** In no final state. */
  readonly open: number;
  /** Shown although the state says that it was not sent. */
  readonly denied: number;
  /** Requests that never got a 2xx, keys that became two messages, rows that nobody was promised. */
  readonly neverAccepted: number;
  readonly twoIds: number;
  readonly attempts: number;
  readonly acceptP50Ms: number;
  readonly acceptP99Ms: number;
  readonly acceptMaxMs: number;
  /** From the end of the fault to the last of the messages promised before it. */
  readonly recoveryMs: number | undefined;
}

const SENT: readonly string[] = ['sent', 'delivered', 'read', 'partial', 'recalled'];
const UNSENT: readonly string[] = ['failed', 'expired', 'canceled', 'suppressed'];

interface Case {
  readonly submitted: Submitted;
  readonly stored: StoredMessage | undefined;
  readonly copies: readonly Copy[];
}

const isPromised = ({ submitted }: Case): boolean => submitted.ids.size > 0;
const isLost = ({ copies, stored }: Case): boolean =>
  copies.length === 0 && (stored === undefined || SENT.includes(stored.status));
const isDenied = ({ copies, stored }: Case): boolean =>
  copies.length > 0 && stored !== undefined && UNSENT.includes(stored.status);

/** Copies beyond the first one, and how many of them are explained where nothing protects from them. */
function extraCopies({ copies, stored, submitted }: Case): { readonly resent: number; readonly duplicated: number } {
  const extra = Math.max(0, copies.length - 1);
  const mayRepeat = submitted.risk === 'resent' && stored?.possible_duplicate === true;
  const explained = mayRepeat ? Math.min(extra, stored.unclear) : 0;
  return { resent: explained, duplicated: extra - explained };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

function recoveryOf(cases: readonly Case[], healedAtMs: number | undefined): number | undefined {
  if (healedAtMs === undefined) return undefined;
  const waiting = cases.filter(({ submitted }) => (submitted.acceptedAtMs ?? Infinity) <= healedAtMs);
  const first = waiting.flatMap(({ copies }) => copies[0]?.atMs ?? []);
  return Math.max(0, ...first.map((atMs) => atMs - healedAtMs));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export function judge({ copiesOf, healedAtMs, stored, submitted }: Evidence): Figures {
  const byText = new Map(stored.map((message) => [message.text, message]));
  const cases = submitted.map((message): Case => {
    return { submitted: message, stored: byText.get(message.text), copies: copiesOf(message.text) };
  });
  const promised = cases.filter(isPromised);
  const count = (test: (one: Case) => boolean): number => promised.filter(test).length;
  const extra = cases.map(extraCopies);
  const firstTries = submitted.flatMap(({ firstTryMs }) => firstTryMs ?? []);
  return {
    offered: submitted.length,
    accepted: promised.length,
    delivered: count(({ copies }) => copies.length > 0),
    lost: count(isLost),
    duplicated: sum(extra.map(({ duplicated }) => duplicated)),
    resent: sum(extra.map(({ resent }) => resent)),
    unknown: count((one) => one.stored?.status === 'unknown'),
    ended: count((one) => UNSENT.includes(one.stored?.status ?? '')),
    open: stored.filter(({ open_rows: open }) => open > 0).length,
    denied: cases.filter(isDenied).length,
    neverAccepted: cases.length - promised.length,
    twoIds: cases.filter((one) => one.submitted.ids.size > 1).length + (stored.length - byText.size),
    attempts: sum(stored.map(({ attempts }) => attempts)),
    acceptP50Ms: quantile(firstTries, 0.5),
    acceptP99Ms: quantile(firstTries, 0.99),
    acceptMaxMs: quantile(firstTries, 1),
    recoveryMs: recoveryOf(promised, healedAtMs),
  };
}
