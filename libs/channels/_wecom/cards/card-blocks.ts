import { ListField, ObjectField } from '../../fields.js';
import type { ClassOf } from '#libs/core';
import { CardAction, CardImage, ImageTextArea, QuoteArea } from './card-areas.js';

type Block = () => ClassOf<object>;

/** The blocks of template cards with their labels and counts; what stands in them differs between channels. */
export const SourceBlock = (item: Block): PropertyDecorator =>
  ObjectField({ label: { zh: '来源', en: 'Source' }, item, required: false });

export const MainTitleBlock = (item: Block, required = true): PropertyDecorator =>
  ObjectField({ label: { zh: '主标题', en: 'Main title' }, item, required });

export const QuoteBlock = (): PropertyDecorator =>
  ObjectField({
    part: 'quote',
    label: { zh: '引用', en: 'Quotation' },
    hint: { zh: '建议不与关键数据同时使用', en: 'Better not together with the key figure' },
    item: () => QuoteArea,
    required: false,
  });

export const EmphasisBlock = (item: Block): PropertyDecorator =>
  ObjectField({ part: 'emphasis', label: { zh: '关键数据', en: 'Key figure' }, item, required: false });

export const ImageTextBlock = (): PropertyDecorator =>
  ObjectField({
    part: 'aside',
    label: { zh: '左图右文', en: 'Picture with text' },
    item: () => ImageTextArea,
    required: false,
  });

export const CardImageBlock = (required: boolean): PropertyDecorator =>
  ObjectField({ label: { zh: '卡片图片', en: 'Card picture' }, item: () => CardImage, required });

export const VerticalBlock = (item: Block): PropertyDecorator =>
  ListField({
    part: 'sections',
    label: { zh: '二级标题列表', en: 'Vertical rows' },
    item,
    maxItems: 4,
    required: false,
  });

export const HorizontalBlock = (item: Block): PropertyDecorator =>
  ListField({ part: 'rows', label: { zh: '要点列表', en: 'Horizontal rows' }, item, maxItems: 6, required: false });

export const JumpBlock = (item: Block): PropertyDecorator =>
  ListField({ part: 'footers', label: { zh: '跳转指引', en: 'Jumps' }, item, maxItems: 3, required: false });

export const CardActionBlock = (): PropertyDecorator =>
  ObjectField({ label: { zh: '整卡点击', en: 'Click on the card' }, item: () => CardAction });
