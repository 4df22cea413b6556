import { bytes } from '#libs/core';
import { ContentKind } from '../../content.js';
import { Rules, oneOf } from '../../field-rules.js';
import { TextField } from '../../fields.js';
import { AssetField, MediaField } from '../../media-field.js';

const LARGEST_BYTES = 2 * 1024 * 1024;
const LARGEST_BASE64 = Math.ceil(LARGEST_BYTES / 3) * 4;

/** Doc 91770. The picture itself, JPG or PNG up to 2 MB; its MD5 is computed where it is not given. */
@ContentKind({
  kind: 'image',
  layout: 'image',
  label: { zh: '图片', en: 'Image' },
  example: {
    base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOQz38NAAIqAXp4ksuCAAAAAElFTkSuQmCC',
    md5: '1486af6bb346a4c58fcf7a87253ab95f',
  },
})
@Rules(oneOf('base64', 'asset'))
export class WecomRobotImage {
  @MediaField({
    label: { zh: '图片（base64）', en: 'Picture (base64)' },
    hint: { zh: '不超过 2 MB 的 JPG 或 PNG', en: 'JPG or PNG up to 2 MB' },
    media: 'image',
    accepts: ['base64'],
    formats: ['jpg', 'png'],
    maxBytes: LARGEST_BYTES,
    limit: bytes(LARGEST_BASE64),
    required: false,
  })
  base64?: string;

  @TextField({
    label: { zh: '图片 MD5', en: 'MD5 of the picture' },
    hint: { zh: '不填则自动计算', en: 'Computed where it is left out' },
    format: 'key',
    pattern: { test: (text) => /^[0-9a-f]{32}$/i.test(text), message: 'must be 32 hexadecimal digits' },
    required: false,
    allowEmpty: false,
  })
  md5?: string;

  @AssetField({ media: 'image', shortFor: 'base64' })
  asset?: string;
}
