import { familyOf, type ChannelDefinition, type MediaKind, type MediaRule, type UploadForm } from '#libs/channels';
import type { LocalizedText } from '#libs/core';
import { describeFields, describeKind, type ContentKindAnswer, type FieldAnswer } from './field-catalogue.js';

/** What can be uploaded to an account of a channel. */
export interface MediaAnswer {
  /** What an upload becomes at the vendor. */
  readonly forms: readonly UploadForm[];
  readonly rules: readonly (MediaRule & { readonly media: MediaKind; readonly form: UploadForm })[];
}

/** How a card that was sent can be changed. */
export interface CardUpdatesAnswer {
  readonly kinds: readonly ContentKindAnswer[];
  /** Each change takes a code, of the send or of a click, that lives so long; absent: it takes none. */
  readonly codeSeconds?: number;
  /** Whether a change may reach only some of those who got the card. */
  readonly hasAudience: boolean;
}

export const REPETITIONS = ['dropped', 'dropped_when_asked', 'shown'] as const;
export type Repetitions = (typeof REPETITIONS)[number];

export type ChannelAnswer = Pick<
  ChannelDefinition,
  'name' | 'family' | 'label' | 'addressing' | 'options' | 'limits' | 'recall' | 'receipts' | 'bodyLimit'
> & {
  readonly familyLabel: LocalizedText;
  /** For badges and narrow columns. */
  readonly short: LocalizedText;
  /** Look of its previews. */
  readonly skin: 'square' | 'round';
  /** Whose ids its recipients have. */
  readonly identityFamily: string;
  /** How long a message can be taken back; null: never. */
  readonly recallWindowSeconds: number | null;
  readonly accountFields: readonly FieldAnswer[];
  readonly contentKinds: readonly ContentKindAnswer[];
  readonly media?: MediaAnswer;
  readonly cardUpdates?: CardUpdatesAnswer;
  /** Whether the vendor can call back about its accounts. */
  readonly hasCallback: boolean;
  /** Whether calls carry an access token that is fetched with the account's credentials. */
  readonly hasToken: boolean;
  readonly canCheck: boolean;
  /** What people see of a call that is made again after an unclear outcome. */
  readonly repetitions: Repetitions;
  /** Path of its error codes. */
  readonly errorsPath: string;
};

function describeMedia({ media }: ChannelDefinition): MediaAnswer | undefined {
  if (!media) return undefined;
  const { forms, rules, urlRules = rules } = media;
  const all = forms.flatMap((form) => {
    const kinds = Object.entries(form === 'url' ? urlRules : rules) as [MediaKind, MediaRule][];
    return kinds.map(([kind, rule]) => ({ media: kind, form, ...rule }));
  });
  return { forms, rules: all };
}

function describeCards({ cards }: ChannelDefinition): CardUpdatesAnswer | undefined {
  if (!cards) return undefined;
  const { codeSeconds, contents, hasAudience } = cards;
  return { kinds: contents.map(describeKind), ...(codeSeconds !== undefined && { codeSeconds }), hasAudience };
}

/** The vendor tells repetitions from new messages always, when a call asks for it, or never. */
function repetitionsOf({ repeatCheck, resendsAfterAmbiguity }: ChannelDefinition): Repetitions {
  if (resendsAfterAmbiguity === 3) return 'dropped';
  return repeatCheck ? 'dropped_when_asked' : 'shown';
}

/** What the catalogue tells about a channel; labels in both languages. */
export function describeChannel(channel: ChannelDefinition): ChannelAnswer {
  const { bodyLimit, name, recall, receipts } = channel;
  const { label: familyLabel, skin } = familyOf(channel.family);
  const media = describeMedia(channel);
  const cardUpdates = describeCards(channel);
  return {
    name,
    family: channel.family,
    familyLabel,
    label: channel.label,
    short: channel.short ?? channel.label,
    skin,
    identityFamily: channel.family,
    accountFields: describeFields(channel.account),
    contentKinds: channel.contents.map(describeKind),
    addressing: channel.addressing,
    options: channel.options,
    limits: channel.limits,
    recall,
    recallWindowSeconds: recall.supported ? recall.windowSeconds : null,
    receipts,
    ...(bodyLimit && { bodyLimit }),
    ...(media && { media }),
    ...(cardUpdates && { cardUpdates }),
    hasCallback: channel.callback !== undefined,
    hasToken: channel.fetchToken !== undefined,
    canCheck: channel.checkAccount !== undefined,
    repetitions: repetitionsOf(channel),
    errorsPath: `/v1/channels/${name}/errors`,
  };
}
