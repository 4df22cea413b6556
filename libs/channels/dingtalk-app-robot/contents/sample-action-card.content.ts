import { ContentKind } from '../../content.js';
import { TextField } from '../../fields.js';
import { CardHead } from './card-head.js';

@ContentKind({
  kind: 'sampleActionCard',
  layout: 'card',
  label: { zh: '卡片（整体跳转）', en: 'Card that opens as a whole' },
  example: {
    title: 'Build 118',
    text: 'passed',
    singleTitle: 'Open',
    singleURL: 'https://ci.example.com/118',
  },
})
export class SampleActionCard extends CardHead {
  @TextField({ part: 'footer', label: { zh: '按钮文字', en: 'Button text' } })
  singleTitle!: string;

  @TextField({ label: { zh: '点击后打开的地址', en: 'Address to open' }, format: 'url' })
  singleURL!: string;
}
