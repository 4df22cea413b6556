import type { ChannelDefinition, FieldDescriptor, MediaForm, MediaKind, MediaRule, UploadForm } from '#libs/channels';
import type { Fault } from '#libs/core';
import type { AssetEntity } from './asset.entity.js';
import { isFormatOf } from './file-kind.js';

type Channel = Pick<ChannelDefinition, 'media' | 'name'>;

/** A fault without its place. */
export type Misfit = Omit<Fault, 'pointer' | 'parameter'>;

/** The form that an asset takes in a field: the first one that the field accepts and the channel can make. */
export function formFor(channel: Channel, { accepts = [], media = 'file' }: FieldDescriptor): MediaForm | undefined {
  return accepts.find((form) => form === 'base64' || ruleFor(channel, media, form) !== undefined);
}

/** What the vendor takes in that form; undefined: nothing. */
export function ruleFor({ media }: Channel, kind: MediaKind, form: UploadForm): MediaRule | undefined {
  if (!media?.forms.includes(form)) return undefined;
  return (form === 'url' ? (media.urlRules ?? media.rules) : media.rules)[kind];
}

/** What speaks against an asset in a field of a channel, or undefined. */
export function misfitOf(channel: Channel, field: FieldDescriptor, asset: AssetEntity): Misfit | undefined {
  const form = formFor(channel, field);
  if (!form) return unsupported(channel);
  const kind = field.media ?? 'file';
  if (kind !== 'file' && asset.kind !== kind) {
    return { code: 'asset_kind_mismatch', message: `must be of kind ${kind}, the asset is of kind ${asset.kind}` };
  }
  const rule = form === 'base64' ? inlineRule(field) : ruleFor(channel, kind, form);
  return rule && breachOf(rule, asset);
}

export const unsupported = ({ name }: Channel): Misfit => ({
  code: 'asset_not_supported',
  message: `${name} can make nothing of an asset that this field takes`,
});

/** Of bytes that travel inside the message the field itself tells the rule. */
const inlineRule = ({ formats, maxBytes = Infinity }: FieldDescriptor): MediaRule => ({
  maxBytes,
  ...(formats && { formats }),
});

/** What a vendor's rule says against a file. */
export function breachOf({ formats, maxBytes, minBytes = 0 }: MediaRule, asset: AssetEntity): Misfit | undefined {
  const { fileName, format, kind, sizeBytes } = asset;
  if (formats && !isFormatOf(formats, format) && !(kind === 'file' && isFormatOf(formats, extensionOf(fileName)))) {
    const found = format === '' ? 'of no known format' : format;
    return { code: 'asset_format_not_accepted', message: `must be ${formats.join(', ')}, the asset is ${found}` };
  }
  if (sizeBytes > maxBytes) return sizeMisfit('must not be larger', maxBytes, sizeBytes);
  return sizeBytes < minBytes ? sizeMisfit('must not be smaller', minBytes, sizeBytes) : undefined;
}

const extensionOf = (fileName: string): string => fileName.split('.').at(-1)?.toLowerCase() ?? '';

const sizeMisfit = (what: string, limit: number, actual: number): Misfit => ({
  code: 'asset_size_not_accepted',
  message: `${what} than ${limit} bytes`,
  limit,
  actual,
  unit: 'bytes',
});
