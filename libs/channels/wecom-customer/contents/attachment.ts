import type { ClassOf, LocalizedText } from '#libs/core';
import { Rules, requiredWhen } from '../../field-rules.js';
import { ChoiceField, ObjectField } from '../../fields.js';
import { AttachedFile, AttachedImage, AttachedLink, AttachedMiniprogram, AttachedVideo } from './attachment-fields.js';

export const ATTACHMENT_TYPES = ['image', 'link', 'miniprogram', 'video', 'file'] as const;
type AttachmentType = (typeof ATTACHMENT_TYPES)[number];

const PartField = (type: AttachmentType, label: LocalizedText, item: ClassOf<object>): PropertyDecorator =>
  ObjectField({ label, item: () => item, required: false, visibleWhen: { field: 'msgtype', values: [type] } });

/** One of up to nine attachments: its type, and the object of that name. */
@Rules(...ATTACHMENT_TYPES.map((type) => requiredWhen('msgtype', type, type)))
export class Attachment {
  @ChoiceField({ label: { zh: '类型', en: 'Type' }, values: ATTACHMENT_TYPES })
  msgtype!: AttachmentType;

  @PartField('image', { zh: '图片', en: 'Image' }, AttachedImage)
  image?: AttachedImage;

  @PartField('link', { zh: '链接', en: 'Link' }, AttachedLink)
  link?: AttachedLink;

  @PartField('miniprogram', { zh: '小程序', en: 'Mini program' }, AttachedMiniprogram)
  miniprogram?: AttachedMiniprogram;

  @PartField('video', { zh: '视频', en: 'Video' }, AttachedVideo)
  video?: AttachedVideo;

  @PartField('file', { zh: '文件', en: 'File' }, AttachedFile)
  file?: AttachedFile;
}
