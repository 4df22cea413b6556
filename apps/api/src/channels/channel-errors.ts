import type { ChannelDefinition, ProviderErrorCase, ProviderErrorClass } from '#libs/channels';
import type { LocalizedText } from '#libs/core';

/** What becomes of a delivery whose call was answered so. */
export interface ProviderErrorMeaningAnswer {
  readonly handling: ProviderErrorClass;
  /** Code of the reason catalogue. */
  readonly reason: string;
  readonly text: LocalizedText;
  readonly remedy?: LocalizedText;
  readonly waitMs?: number;
}

export interface ProviderErrorCaseAnswer extends ProviderErrorMeaningAnswer {
  readonly on?: ProviderErrorCase['on'];
  readonly says?: readonly string[];
}

export interface ProviderErrorAnswer extends ProviderErrorMeaningAnswer {
  readonly code: string;
  readonly cases?: readonly ProviderErrorCaseAnswer[];
}

/** A channel's error table, by code. */
export const describeErrors = ({ errors }: ChannelDefinition): readonly ProviderErrorAnswer[] =>
  Object.entries(errors).map(([code, { cases, class: handling, ...meaning }]) => ({
    code,
    handling,
    ...meaning,
    ...(cases && { cases: cases.map(({ class: otherwise, ...other }) => ({ handling: otherwise, ...other })) }),
  }));
