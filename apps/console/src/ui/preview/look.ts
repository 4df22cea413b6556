import type { Field } from '../../api/types.js';

export type Values = Readonly<Record<string, unknown>>;
type Part = NonNullable<Field['part']>;
type Media = NonNullable<Field['media']>;

/** A text with the markup that its readers' client shows. */
export interface LookText {
  readonly text: string;
  readonly markup: ReadonlySet<string>;
}

export interface LookMedia {
  readonly media: Media;
  readonly reference: string;
  readonly isAsset: boolean;
  readonly isBytes: boolean;
}

export const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};

interface Member {
  readonly field: Field;
  readonly value: unknown;
}

/** Groups without a part stand for their fields; the value of a variant field says which fields there are. */
function membersOf(fields: readonly Field[], values: Values): readonly Member[] {
  const variants = fields.find((field) => field.variants !== undefined);
  const chosen = variants?.variants?.find(({ value }) => value === values[variants.name]);
  return (chosen?.fields ?? fields).flatMap((field): readonly Member[] => {
    const value = values[field.name];
    if (field.part === undefined && field.fields && isValues(value)) return membersOf(field.fields, value);
    return [{ field, value }];
  });
}

const isMedia = ({ field, value }: Member): boolean => field.media !== undefined && textOf(value) !== '';

function mediaOf({ field, value }: Member): LookMedia {
  const text = textOf(value);
  const isAsset = text.startsWith('asset:') || field.shortFor !== undefined;
  return {
    media: field.media ?? 'file',
    reference: text.replace(/^asset:/, ''),
    isAsset,
    isBytes: !isAsset && (field.accepts ?? []).includes('base64'),
  };
}

/** What a reader sees of a content, by part: all that the drawing knows of it. */
export class Look {
  private readonly members: readonly Member[];

  constructor(fields: readonly Field[], values: Values) {
    this.members = membersOf(fields, values);
  }

  /** Whether anything says what is seen; without it a content is listed. */
  get isKnown(): boolean {
    return this.members.some(({ field }) => field.part ?? field.media ?? field.variants);
  }

  private of(part: Part): readonly Member[] {
    return this.members.filter(({ field }) => field.part === part);
  }

  /** Absent and empty texts are what the vendor takes in their place. */
  text(part: Part): string {
    return this.rich(part)?.text ?? '';
  }

  rich(part: Part): LookText | undefined {
    for (const { field, value } of this.of(part)) {
      const text = textOf(value) || textOf(field.default);
      if (text !== '') return { text, markup: new Set(field.markup) };
    }
    return undefined;
  }

  texts(part: Part): readonly string[] {
    return this.of(part)
      .flatMap(({ value }) => (Array.isArray(value) ? value.map(textOf) : [textOf(value)]))
      .filter(Boolean);
  }

  is(part: Part): boolean {
    return this.of(part).some(({ value }) => value === true || Number(value) === 1);
  }

  /** Of an object one look, of a list one for each item. */
  looks(part: Part): readonly Look[] {
    return this.of(part).flatMap(({ field, value }) => {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value];
      return items.filter(isValues).map((item) => new Look(field.fields ?? [], item));
    });
  }

  picture(part: 'cover' | 'thumb'): LookMedia | undefined {
    return this.of(part).filter(isMedia).map(mediaOf)[0];
  }

  /** The file that a kind is about. */
  file(): LookMedia | undefined {
    return this.members.filter((member) => isMedia(member) && member.field.part !== 'cover').map(mediaOf)[0];
  }

  /** Where a click would lead. */
  target(): string {
    return textOf(this.members.find(({ field, value }) => field.kind === 'url' && textOf(value) !== '')?.value);
  }
}
