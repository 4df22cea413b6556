import type { ChannelDefinition, FieldDescriptor, MediaForm, MediaRule } from '#libs/channels';
import type { Fault } from '#libs/core';
import type { AssetEntity } from './asset.entity.js';
import { isFormatOf } from './file-kind.js';

type Channel = Pick<ChannelDefinition, 'media' | 'name'>;

/** A fault without its place. */
export type Misfit = Omit<Fault, 'pointer' | 'parameter'>;

/** The form that an asset takes in a field: the first one that the field accepts and the channel can make. */
export function formFor(
  { media }: Channel,
  { accepts = [], media: kind = 'file' }: FieldDescriptor,
): MediaForm | undefined {
  return accepts.find((form) => form === 'base64' || (media?.forms.includes(form) && media.rules[kind] !== undefined));
}

const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/** What speaks against an asset in a field of a channel, or undefined. */
export function misfitOf(channel: Channel, field: FieldDescriptor, asset: AssetEntity): Misfit | undefined {
  const form = formFor(channel, field);
  if (!form) return unsupported(channel);
  const kind = field.media ?? 'file';
  if (kind !== 'file' && asset.kind !== kind) {
    return { code: 'asset_kind_mismatch', message: `must be of kind ${kind}, the asset is of kind ${asset.kind}` };
  }
  if (form === 'base64') return tooLongInText(field, asset);
  const rule = channel.media?.rules[kind];
  return rule && breachOf(rule, asset);
}

export const unsupported = ({ name }: Channel): Misfit => ({
  code: 'asset_not_supported',
  message: `${name} can make nothing of an asset that this field takes`,
});

function tooLongInText({ limit }: FieldDescriptor, { sizeBytes }: AssetEntity): Misfit | undefined {
  if (!limit || base64Length(sizeBytes) <= limit.size) return undefined;
  return sizeMisfit('must not be larger', Math.floor(limit.size / 4) * 3, sizeBytes);
}

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
