import { describe, expect, it } from '@jest/globals';
import { checkRendered, checkStructure } from '../content.js';
import { makeDelivery } from '../testing/provider-call.fixture.js';
import { ActionCardContent } from './contents/action-card.content.js';
import { FeedCardContent } from './contents/feed-card.content.js';
import { DingtalkRobotHandler } from './dingtalk-robot.handler.js';

const handler = new DingtalkRobotHandler();
const bodyOf = (content: { readonly kind: string }): string =>
  JSON.stringify(handler.buildBody(makeDelivery({ deliveryId: '8f1c2d3e-0001', content: { ...content } })));

const HEAD = '{"msgtype":"KIND","msgUuid":"8f1c2d3e-0001",';
const headOf = (kind: string): string => HEAD.replace('KIND', kind);

describe('a body of a webhook robot', () => {
  it('of a link is what the vendor shows', () => {
    const content = {
      kind: 'link',
      messageUrl: 'https://bi.example.com/w12',
      picUrl: 'https://img.example.com/w12.png',
      text: 'Sales up 8%, returns down 2%.',
      title: 'Weekly report 12',
    };
    expect(bodyOf(content)).toBe(
      headOf('link') +
        '"link":{"title":"Weekly report 12","text":"Sales up 8%, returns down 2%.",' +
        '"picUrl":"https://img.example.com/w12.png","messageUrl":"https://bi.example.com/w12"}}',
    );
  });

  it('of a card that opens as a whole is what the vendor shows', () => {
    const content = {
      kind: 'actionCard',
      btnOrientation: '0',
      singleTitle: 'Open',
      singleURL: 'https://ci.example.com/r/3.2',
      text: '#### Release 3.2\n\nAll checks green.',
      title: 'Approve release 3.2',
    };
    expect(bodyOf(content)).toBe(
      headOf('actionCard') +
        '"actionCard":{"title":"Approve release 3.2","text":"#### Release 3.2\\n\\nAll checks green.",' +
        '"singleTitle":"Open","singleURL":"https://ci.example.com/r/3.2","btnOrientation":"0"}}',
    );
  });

  it('of a card with buttons is what the vendor shows', () => {
    const content = {
      kind: 'actionCard',
      btns: [
        { actionURL: 'https://hr.example.com/l/9?a=1', title: 'Agree' },
        { actionURL: 'https://hr.example.com/l/9?a=0', title: 'Refuse' },
      ],
      btnOrientation: '1',
      text: '#### Bob asks for 2 days off',
      title: 'Leave request',
    };
    expect(bodyOf(content)).toBe(
      headOf('actionCard') +
        '"actionCard":{"title":"Leave request","text":"#### Bob asks for 2 days off","btnOrientation":"1",' +
        '"btns":[{"title":"Agree","actionURL":"https://hr.example.com/l/9?a=1"},' +
        '{"title":"Refuse","actionURL":"https://hr.example.com/l/9?a=0"}]}}',
    );
  });

  it('of a feed is what the vendor shows', () => {
    const content = {
      kind: 'feedCard',
      links: [
        {
          picURL: 'https://img.example.com/1.png',
          messageURL: 'https://blog.example.com/1',
          title: 'Outage summary',
        },
        {
          picURL: 'https://img.example.com/2.png',
          messageURL: 'https://blog.example.com/2',
          title: 'New on-call rota',
        },
      ],
    };
    expect(bodyOf(content)).toBe(
      headOf('feedCard') +
        '"feedCard":{"links":[{"title":"Outage summary","messageURL":"https://blog.example.com/1",' +
        '"picURL":"https://img.example.com/1.png"},{"title":"New on-call rota",' +
        '"messageURL":"https://blog.example.com/2","picURL":"https://img.example.com/2.png"}]}}',
    );
  });
});

describe('a card of a webhook robot', () => {
  const head = { title: 'a', text: 'b' };

  it.each<[string, object, string]>([
    ['neither an address nor buttons', {}, '/singleTitle'],
    ['a text without an address', { singleTitle: 'Open' }, '/singleURL'],
    ['no button in its list', { btns: [] }, '/btns'],
    ['a button without an address', { btns: [{ title: 'a' }] }, '/btns/0/actionURL'],
    ['a number as arrangement', { btns: [{ title: 'a', actionURL: 'b' }], btnOrientation: 1 }, '/btnOrientation'],
  ])('is refused when the template is saved, with %s', (_name, fields, pointer) => {
    expect(checkStructure(ActionCardContent, { ...head, ...fields }, [])).toMatchObject([{ pointer }]);
  });

  it('may have an address and buttons: the vendor ignores the buttons', () => {
    const both = { singleTitle: 'a', singleURL: 'b', btns: [{ title: 'a', actionURL: 'b' }] };
    expect(checkRendered(ActionCardContent, { ...head, ...both }, [])).toEqual([]);
  });

  it('of a feed needs a picture for every entry', () => {
    const links = [{ title: 'a', messageURL: 'b' }];
    expect(checkStructure(FeedCardContent, { links }, [])).toMatchObject([{ pointer: '/links/0/picURL' }]);
  });
});
