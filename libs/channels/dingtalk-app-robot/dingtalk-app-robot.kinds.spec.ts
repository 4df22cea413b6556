import { describe, expect, it } from '@jest/globals';
import { checkRendered, contentKindOf } from '../content.js';
import { makeDelivery } from '../testing/provider-call.fixture.js';
import { reversed } from '../testing/reversed.fixture.js';
import { APP_ROBOT_CONTENTS } from './contents/index.js';
import { SampleAudio } from './contents/sample-audio.content.js';
import { SampleFile } from './contents/sample-file.content.js';
import { SampleActionCard3 } from './contents/sample-action-cards.content.js';
import { DingtalkAppRobotHandler } from './dingtalk-app-robot.handler.js';

const handler = new DingtalkAppRobotHandler();
const account = {
  appKey: 'dingdemokey01',
  appSecret: 'demo-secret-01',
  robotCode: 'dingdemorobot01',
  openConversationId: 'cidDemoGroup01==',
};

/** The worked examples of the vendor's message templates, byte for byte. */
const EXAMPLES = String.raw`
{"msgKey":"sampleText","msgParam":"{\"content\":\"Build 118 passed\"}"}
{"msgKey":"sampleMarkdown","msgParam":"{\"title\":\"Build 118\",\"text\":\"### Build 118\\n\\npassed in 92 s\"}"}
{"msgKey":"sampleImageMsg","msgParam":"{\"photoURL\":\"@lADPDemoImage01\"}"}
{"msgKey":"sampleLink","msgParam":"{\"title\":\"Build 118\",\"text\":\"passed in 92 s\",\"picUrl\":\"@lADPDemoImage01\",\"messageUrl\":\"https://ci.example.com/118\"}"}
{"msgKey":"sampleActionCard","msgParam":"{\"title\":\"Build 118\",\"text\":\"passed\",\"singleTitle\":\"Open\",\"singleURL\":\"https://ci.example.com/118\"}"}
{"msgKey":"sampleActionCard2","msgParam":"{\"title\":\"Deploy?\",\"text\":\"build 118\",\"actionTitle1\":\"Yes\",\"actionURL1\":\"https://ci.example.com/118/y\",\"actionTitle2\":\"No\",\"actionURL2\":\"https://ci.example.com/118/n\"}"}
{"msgKey":"sampleActionCard3","msgParam":"{\"title\":\"Deploy?\",\"text\":\"build 118\",\"actionTitle1\":\"Blue\",\"actionURL1\":\"https://ci.example.com/b\",\"actionTitle2\":\"Green\",\"actionURL2\":\"https://ci.example.com/g\",\"actionTitle3\":\"Skip\",\"actionURL3\":\"https://ci.example.com/s\"}"}
{"msgKey":"sampleActionCard4","msgParam":"{\"title\":\"Pick\",\"text\":\"zone\",\"actionTitle1\":\"a\",\"actionURL1\":\"https://x.example.com/a\",\"actionTitle2\":\"b\",\"actionURL2\":\"https://x.example.com/b\",\"actionTitle3\":\"c\",\"actionURL3\":\"https://x.example.com/c\",\"actionTitle4\":\"d\",\"actionURL4\":\"https://x.example.com/d\"}"}
{"msgKey":"sampleActionCard5","msgParam":"{\"title\":\"Pick\",\"text\":\"zone\",\"actionTitle1\":\"a\",\"actionURL1\":\"https://x.example.com/a\",\"actionTitle2\":\"b\",\"actionURL2\":\"https://x.example.com/b\",\"actionTitle3\":\"c\",\"actionURL3\":\"https://x.example.com/c\",\"actionTitle4\":\"d\",\"actionURL4\":\"https://x.example.com/d\",\"actionTitle5\":\"e\",\"actionURL5\":\"https://x.example.com/e\"}"}
{"msgKey":"sampleActionCard6","msgParam":"{\"title\":\"Deploy?\",\"text\":\"build 118\",\"buttonTitle1\":\"Yes\",\"buttonUrl1\":\"https://ci.example.com/118/y\",\"buttonTitle2\":\"No\",\"buttonUrl2\":\"https://ci.example.com/118/n\"}"}
{"msgKey":"sampleAudio","msgParam":"{\"mediaId\":\"@IR_PDemoVoice01\",\"duration\":\"4200\"}"}
{"msgKey":"sampleFile","msgParam":"{\"mediaId\":\"@lAzDemoFile01\",\"fileName\":\"rota.xlsx\",\"fileType\":\"xlsx\"}"}
{"msgKey":"sampleVideo","msgParam":"{\"duration\":\"12\",\"videoMediaId\":\"$iQELDemoVideo01\",\"videoType\":\"mp4\",\"picMediaId\":\"$igEDemoCover01\",\"height\":\"400\",\"width\":\"600\"}"}
`
  .trim()
  .split('\n');

describe('a message of an app robot', () => {
  it('has every kind that the vendor has', () => {
    const kinds = EXAMPLES.map((line) => /"msgKey":"(\w+)"/.exec(line)?.[1]);
    expect(APP_ROBOT_CONTENTS.map((type) => contentKindOf(type).kind)).toEqual(kinds);
  });

  it.each(APP_ROBOT_CONTENTS.map((type) => [contentKindOf(type).kind, type] as const))(
    'of kind %s is what the vendor shows, whatever the order of its template',
    (kind, type) => {
      const content = { ...reversed(contentKindOf(type).example), kind };
      const expected = EXAMPLES.find((line) => line.includes(`"${kind}"`))?.slice(1);
      const addressees = [{ type: 'user', id: 'u_alice' }] as const;
      expect(JSON.stringify(handler.buildBody(makeDelivery({ content, addressees }), account))).toBe(
        `{"robotCode":"dingdemorobot01","userIds":["u_alice"],${expected}`,
      );
      expect(JSON.stringify(handler.buildBody(makeDelivery({ content }), account))).toBe(
        `{"robotCode":"dingdemorobot01","openConversationId":"cidDemoGroup01==",${expected}`,
      );
    },
  );
});

describe('a field of an app robot’s message', () => {
  it('is text, numbers too', () => {
    expect(checkRendered(SampleAudio, { mediaId: '@a', duration: 4200 }, [])).toMatchObject([
      { pointer: '/duration', code: 'wrong_type' },
    ]);
    expect(checkRendered(SampleAudio, { mediaId: '@a', duration: '4.2' }, [])).toMatchObject([
      { pointer: '/duration', code: 'invalid_value' },
    ]);
  });

  it('names a file type that the vendor knows', () => {
    const file = { mediaId: '@a', fileName: 'a.exe', fileType: 'exe' };
    expect(checkRendered(SampleFile, file, [])).toMatchObject([{ pointer: '/fileType' }]);
  });

  it('is there for every button', () => {
    const { actionTitle3: _title, ...card } = contentKindOf(SampleActionCard3).example;
    expect(checkRendered(SampleActionCard3, card, [])).toMatchObject([
      { pointer: '/actionTitle3', code: 'missing_field' },
    ]);
  });
});
