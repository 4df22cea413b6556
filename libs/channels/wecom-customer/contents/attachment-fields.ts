import { bytes } from '#libs/core';
import { LinkField, MiniProgramField, PagePathField, PictureField, UploadField } from '../../_wecom/vendor-fields.js';
import { Rules, oneOf } from '../../field-rules.js';
import { TextField } from '../../fields.js';
import { AssetField, MediaField } from '../../media-field.js';

/** A picture by media id, or by the address that `media/uploadimg` gave. */
@Rules(oneOf('media_id', 'pic_url', 'asset'))
export class AttachedImage {
  @UploadField('image', false)
  media_id?: string;

  @PictureField({ zh: '图片地址', en: 'Address of the picture' })
  pic_url?: string;

  @AssetField({ media: 'image', shortFor: 'media_id' })
  asset?: string;
}

export class AttachedLink {
  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' }, limit: bytes(128) })
  title!: string;

  @TextField({
    part: 'text',
    label: { zh: '描述', en: 'Description' },
    limit: bytes(512),
    required: false,
    multiline: true,
  })
  desc?: string;

  @LinkField({ limit: bytes(2048), required: true })
  url!: string;

  @PictureField({ zh: '封面', en: 'Cover' }, { limit: bytes(2048), part: 'thumb' })
  picurl?: string;
}

/** The mini program must be linked to the corp; its cover looks best at 520×416. */
export class AttachedMiniprogram {
  @TextField({ part: 'title', label: { zh: '标题', en: 'Title' }, limit: bytes(64) })
  title!: string;

  @MediaField({
    part: 'cover',
    label: { zh: '封面图 media_id', en: 'Cover (media id)' },
    media: 'image',
    accepts: ['media_id'],
  })
  pic_media_id!: string;

  @MiniProgramField({ required: true, part: 'miniProgram' })
  appid!: string;

  @PagePathField({ required: true })
  page!: string;
}

@Rules(oneOf('media_id', 'asset'))
export class AttachedVideo {
  @UploadField('video', false)
  media_id?: string;

  @AssetField({ media: 'video', shortFor: 'media_id' })
  asset?: string;
}

@Rules(oneOf('media_id', 'asset'))
export class AttachedFile {
  @UploadField('file', false)
  media_id?: string;

  @AssetField({ media: 'file', shortFor: 'media_id' })
  asset?: string;
}
