import { bytes, characters, type LocalizedText } from '#libs/core';
import { requiredWhen, type Rule } from '../field-rules.js';
import { TextField, type TextFieldOptions } from '../fields.js';
import { MediaField } from '../media-field.js';
import { webLink } from './web-link.js';

type Options = Partial<TextFieldOptions>;

/** A text whose length the vendor only advises, in characters. */
export const AdvisedText = (label: LocalizedText, size: number, options: Options = {}): PropertyDecorator =>
  TextField({ label, soft: characters(size), required: false, ...options });

/** Where a click leads; required where a rule says so. */
export const LinkField = (options: Options = {}): PropertyDecorator =>
  TextField({
    label: { zh: '跳转链接', en: 'Link' },
    format: 'url',
    pattern: webLink,
    required: false,
    ...options,
  });

export const MiniProgramField = (options: Options = {}): PropertyDecorator =>
  TextField({ label: { zh: '小程序 AppID', en: 'Mini program id' }, format: 'key', required: false, ...options });

export const PagePathField = (options: Options = {}): PropertyDecorator =>
  TextField({ label: { zh: '小程序页面', en: 'Mini program page' }, format: 'url', required: false, ...options });

/** Beside a `type`: what counts when a click opens an address, and what when it opens a mini program. */
export const OPENS_LINK = { visibleWhen: { field: 'type', values: [1] } } as const;
export const OPENS_MINI_PROGRAM = { visibleWhen: { field: 'type', values: [2] } } as const;

/** A picture that the client loads by its address. */
export const PictureField = (
  label: LocalizedText,
  options: Pick<Options, 'required' | 'limit' | 'part'> = {},
): PropertyDecorator => MediaField({ label, media: 'image', accepts: ['url'], required: false, ...options });

/** An upload that the vendor knows by its media id. */
export const UploadField = (media: 'image' | 'voice' | 'video' | 'file', required = true): PropertyDecorator =>
  MediaField({ label: { zh: '素材 media_id', en: 'Media id' }, media, accepts: ['media_id'], required });

/** A key that comes back in callbacks: at most 1024 bytes. */
export const CallbackKey = (label: LocalizedText, options: Options = {}): PropertyDecorator =>
  TextField({ label, format: 'key', limit: bytes(1024), ...options });

/** A `type` of 1 opens an address, one of 2 a mini program. */
export const LINK_RULES: readonly Rule[] = [requiredWhen('type', 1, 'url'), requiredWhen('type', 2, 'appid')];
