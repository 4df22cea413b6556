import { ContentKind } from '../../content.js';
import { AttachedFile, AttachedImage, AttachedLink, AttachedMiniprogram, AttachedVideo } from './attachment-fields.js';

@ContentKind({
  kind: 'image',
  layout: 'image',
  label: { zh: '图片', en: 'Image' },
  example: { media_id: '3Img-7hK2p_Qw91' },
})
export class WecomCustomerImage extends AttachedImage {}

@ContentKind({
  kind: 'link',
  layout: 'card',
  label: { zh: '链接', en: 'Link' },
  example: {
    title: '九月账单',
    desc: '点击查看',
    url: 'https://bill.example.com/202609',
    picurl: 'https://static.example.com/bill.png',
  },
})
export class WecomCustomerLink extends AttachedLink {}

@ContentKind({
  kind: 'miniprogram',
  layout: 'card',
  label: { zh: '小程序', en: 'Mini program' },
  example: {
    title: '自助查询',
    pic_media_id: '3Img-7hK2p_Qw91',
    appid: 'wx0f1e2d3c4b5a6978',
    page: '/pages/index',
  },
})
export class WecomCustomerMiniprogram extends AttachedMiniprogram {}

@ContentKind({
  kind: 'video',
  layout: 'video',
  label: { zh: '视频', en: 'Video' },
  example: { media_id: '3Vid-55cXz9' },
})
export class WecomCustomerVideo extends AttachedVideo {}

@ContentKind({
  kind: 'file',
  layout: 'file',
  label: { zh: '文件', en: 'File' },
  example: { media_id: '3Fil-93Tr0b' },
})
export class WecomCustomerFile extends AttachedFile {}
