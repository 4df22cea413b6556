import { ContentKind } from '../../content.js';
import { ButtonLink, ButtonTitle, CardHead } from './card-head.js';

/** Cards with two to five buttons below each other: each has the fields of the one before and a button more. */
@ContentKind({
  kind: 'sampleActionCard2',
  layout: 'card',
  label: { zh: '卡片（2 个竖排按钮）', en: 'Card with 2 buttons below each other' },
  example: {
    title: 'Deploy?',
    text: 'build 118',
    actionTitle1: 'Yes',
    actionURL1: 'https://ci.example.com/118/y',
    actionTitle2: 'No',
    actionURL2: 'https://ci.example.com/118/n',
  },
})
export class SampleActionCard2 extends CardHead {
  @ButtonTitle(1)
  actionTitle1!: string;

  @ButtonLink(1)
  actionURL1!: string;

  @ButtonTitle(2)
  actionTitle2!: string;

  @ButtonLink(2)
  actionURL2!: string;
}

@ContentKind({
  kind: 'sampleActionCard3',
  layout: 'card',
  label: { zh: '卡片（3 个竖排按钮）', en: 'Card with 3 buttons below each other' },
  example: {
    title: 'Deploy?',
    text: 'build 118',
    actionTitle1: 'Blue',
    actionURL1: 'https://ci.example.com/b',
    actionTitle2: 'Green',
    actionURL2: 'https://ci.example.com/g',
    actionTitle3: 'Skip',
    actionURL3: 'https://ci.example.com/s',
  },
})
export class SampleActionCard3 extends SampleActionCard2 {
  @ButtonTitle(3)
  actionTitle3!: string;

  @ButtonLink(3)
  actionURL3!: string;
}

@ContentKind({
  kind: 'sampleActionCard4',
  layout: 'card',
  label: { zh: '卡片（4 个竖排按钮）', en: 'Card with 4 buttons below each other' },
  example: {
    title: 'Pick',
    text: 'zone',
    actionTitle1: 'a',
    actionURL1: 'https://x.example.com/a',
    actionTitle2: 'b',
    actionURL2: 'https://x.example.com/b',
    actionTitle3: 'c',
    actionURL3: 'https://x.example.com/c',
    actionTitle4: 'd',
    actionURL4: 'https://x.example.com/d',
  },
})
export class SampleActionCard4 extends SampleActionCard3 {
  @ButtonTitle(4)
  actionTitle4!: string;

  @ButtonLink(4)
  actionURL4!: string;
}

@ContentKind({
  kind: 'sampleActionCard5',
  layout: 'card',
  label: { zh: '卡片（5 个竖排按钮）', en: 'Card with 5 buttons below each other' },
  example: {
    title: 'Pick',
    text: 'zone',
    actionTitle1: 'a',
    actionURL1: 'https://x.example.com/a',
    actionTitle2: 'b',
    actionURL2: 'https://x.example.com/b',
    actionTitle3: 'c',
    actionURL3: 'https://x.example.com/c',
    actionTitle4: 'd',
    actionURL4: 'https://x.example.com/d',
    actionTitle5: 'e',
    actionURL5: 'https://x.example.com/e',
  },
})
export class SampleActionCard5 extends SampleActionCard4 {
  @ButtonTitle(5)
  actionTitle5!: string;

  @ButtonLink(5)
  actionURL5!: string;
}

/** The only card with buttons side by side; the vendor names its fields differently. */
@ContentKind({
  kind: 'sampleActionCard6',
  layout: 'card',
  label: { zh: '卡片（2 个横排按钮）', en: 'Card with 2 buttons side by side' },
  example: {
    title: 'Deploy?',
    text: 'build 118',
    buttonTitle1: 'Yes',
    buttonUrl1: 'https://ci.example.com/118/y',
    buttonTitle2: 'No',
    buttonUrl2: 'https://ci.example.com/118/n',
  },
})
export class SampleActionCard6 extends CardHead {
  @ButtonTitle(1)
  buttonTitle1!: string;

  @ButtonLink(1)
  buttonUrl1!: string;

  @ButtonTitle(2)
  buttonTitle2!: string;

  @ButtonLink(2)
  buttonUrl2!: string;
}
