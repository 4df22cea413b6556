import type { LocalizedText, SizeLimit } from '#libs/core';
import type { PreviewPart } from './look.js';
import { textFieldAs, type MediaForm, type MediaKind } from './fields.js';

export interface MediaFieldOptions {
  readonly label: LocalizedText;
  readonly hint?: LocalizedText;
  readonly required?: boolean;
  readonly part?: PreviewPart;
  readonly media: MediaKind;
  /** Forms that the vendor takes; `asset:<id>` is always taken and becomes one of them before the call. */
  readonly accepts: readonly MediaForm[];
  readonly limit?: SizeLimit;
  /** Of base64: extensions of what the bytes may be, in lower case without dot; other forms follow the channel's rules. */
  readonly formats?: readonly string[];
  /** Of base64: the largest file. */
  readonly maxBytes?: number;
}

const ASSET_REFERENCE = /^asset:\S+$/;
const WEB_LINK = /^https?:\/\//i;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Whether a text stands for an uploaded asset: `asset:<id>`. */
export const isAssetReference = (text: string): boolean => ASSET_REFERENCE.test(text);

type Pattern = { readonly test: (text: string) => boolean; readonly message: string };

/** Vendor ids are opaque; where none is taken, a text must be what the vendor can fetch or decode. */
function patternOf(accepts: readonly MediaForm[]): Pattern | undefined {
  if (accepts.includes('media_id')) return undefined;
  if (accepts.includes('url')) {
    const test = (text: string): boolean => text === '' || isAssetReference(text) || WEB_LINK.test(text);
    return { test, message: 'must be asset:<id> or begin with http:// or https://' };
  }
  const test = (text: string): boolean => isAssetReference(text) || (text.length % 4 === 0 && BASE64.test(text));
  return { test, message: 'must be asset:<id> or base64 without prefix and line breaks' };
}

/** A picture, voice, video or file: `asset:<id>`, or what the vendor takes itself. */
export function MediaField({ media, accepts, formats, maxBytes, ...options }: MediaFieldOptions): PropertyDecorator {
  const pattern = patternOf(accepts);
  const format = accepts.includes('url') && !accepts.includes('media_id') ? 'url' : 'key';
  const special = {
    type: 'media',
    media,
    accepts,
    ...(formats && { formats }),
    ...(maxBytes && { maxBytes }),
  } as const;
  return textFieldAs(special, { ...options, format, ...(pattern && { pattern }) });
}

export interface AssetFieldOptions {
  readonly media: MediaKind;
  /** The field of the same object that the asset's vendor form goes to. */
  readonly shortFor: string;
}

/** The short form `"asset": "<id>"` of a media field. */
export function AssetField({ media, shortFor }: AssetFieldOptions): PropertyDecorator {
  const label = { zh: '已上传的素材', en: 'Uploaded asset' };
  const hint = { zh: `素材编号，代替 ${shortFor}`, en: `Id of an asset, instead of ${shortFor}` };
  const options = { label, hint, required: false, allowEmpty: false, format: 'key' } as const;
  return textFieldAs({ type: 'media', media, accepts: [], shortFor }, options);
}
