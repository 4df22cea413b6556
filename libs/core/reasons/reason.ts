import type { LocalizedText } from '../text.js';
import type { RemedyId } from './remedies.js';

/**
 * `waiting` will go on by itself · `stopped` not sent on purpose · `recipient` `content` `account` refused because of
 * one of these · `transport` never reached the provider · `unclear` nobody knows · `recall` about taking back.
 */
export type ReasonGroup =
  'waiting' | 'stopped' | 'recipient' | 'content' | 'account' | 'transport' | 'unclear' | 'recall';

/** Why something waits, ended or was refused, in words an operator understands. */
export interface ReasonEntry {
  /** Stable, the same in API, database, docs and console. */
  readonly code: string;
  readonly group: ReasonGroup;
  /** At most ten Chinese characters: the tag in a table. */
  readonly label: LocalizedText;
  /** One sentence; `{name}` stands for a value that the occurrence knows. */
  readonly sentence: LocalizedText;
  /** What can be done about it, the most useful first. */
  readonly remedies: readonly RemedyId[];
}

type Definition = readonly [
  code: string,
  labelZh: string,
  labelEn: string,
  sentenceZh: string,
  sentenceEn: string,
  ...remedies: RemedyId[],
];

/** Turns compact rows into the entries of one group. */
export function reasonsOf(group: ReasonGroup, definitions: readonly Definition[]): readonly ReasonEntry[] {
  return definitions.map(([code, labelZh, labelEn, sentenceZh, sentenceEn, ...remedies]) => ({
    code,
    group,
    label: { zh: labelZh, en: labelEn },
    sentence: { zh: sentenceZh, en: sentenceEn },
    remedies,
  }));
}
