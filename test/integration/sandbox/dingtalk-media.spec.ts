import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sample, upload, withHead, type Kind, type Part } from './media-client.js';
import { SandboxClient, type Answer } from './sandbox-client.js';

const MB = 1024 * 1024;

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const code = ({ body }: Answer): unknown => body['errcode'];

const uploadAs = async (type: string, part: Part, app = 1): Promise<Answer> =>
  upload(client, `/media/upload?access_token=${await client.dingToken(app)}&type=${type}`, part);
const sendImage = (mediaId: unknown): Promise<Answer> =>
  client.ding('asyncsend_v2', {
    agent_id: 1000000001,
    userid_list: 'manager01',
    msg: { msgtype: 'image', image: { media_id: mediaId } },
  });

/** A message of an app robot, whose content travels as JSON text. */
async function sendAsRobot(msgKey: string, content: object): Promise<Answer> {
  const body = {
    robotCode: 'dingsandboxrobot01',
    userIds: ['manager01'],
    msgKey,
    msgParam: JSON.stringify(content),
  };
  const response = await fetch(`${client.url}/v1.0/robot/oToMessages/batchSend`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': await client.dingToken() },
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

describe('media/upload', () => {
  it.each<Kind>(['image', 'voice', 'video', 'file'])('keeps a %s', async (kind) => {
    expect((await uploadAs(kind, sample(kind))).body).toEqual({
      errcode: 0,
      errmsg: 'ok',
      type: kind,
      media_id: expect.stringMatching(kind === 'video' ? /^\$/ : /^@/),
      created_at: expect.any(Number),
    });
  });

  it.each<[string, string, Part | (() => Part), number]>([
    ['an unknown type', 'audio', sample('voice'), 40004],
    ['a part of another name', 'file', sample('file', { name: 'file' }), 41005],
    ['a part without file name', 'file', { data: Buffer.from('%PDF-') }, 41005],
    ['an empty file', 'file', sample('file', { data: Buffer.alloc(0) }), 44001],
    ['a file of another type', 'file', sample('file', { fileName: 'a.txt' }), 40005],
    ['a file whose name lies', 'image', sample('image', { fileName: 'a.jpg' }), 40005],
    ['a voice over 2 MB', 'voice', () => withHead('voice', 2 * MB + 1), 40006],
    ['a picture over 20 MB', 'image', () => withHead('image', 20 * MB + 1), 40006],
  ])('refuses %s', async (_name, type, part, errcode) => {
    expect(code(await uploadAs(type, typeof part === 'function' ? part() : part))).toBe(errcode);
  });

  it('refuses a body that is no form, and a bad token in the plain envelope', async () => {
    const path = `/media/upload?access_token=${await client.dingToken()}&type=file`;
    expect(code(await client.post(path, {}))).toBe(43008);
    expect((await upload(client, '/media/upload?access_token=made-up&type=file', sample('file'))).body).toEqual({
      errcode: 40014,
      errmsg: '不合法的access_token',
    });
  });
});

describe('a media id', () => {
  it('serves the whole organisation, without end', async () => {
    const { body } = await uploadAs('image', sample('image'), 2);
    await client.advance(30 * 86_400_000);
    expect(code(await sendImage(body['media_id']))).toBe(0);
    const [entry] = await client.inbox();
    expect(entry?.['media']).toMatchObject([{ id: body['media_id'], fileName: '值班表.png' }]);
  });

  it('is refused when it is made up or of another type', async () => {
    const { body } = await uploadAs('file', sample('file'));
    expect(code(await sendImage(body['media_id']))).toBe(40007);
    expect(code(await sendImage('@lADPmadeUp'))).toBe(40007);
  });

  it('is judged in the messages of app robots, covers included', async () => {
    const video = (await uploadAs('video', sample('video'))).body['media_id'];
    const cover = (await uploadAs('image', sample('image'))).body['media_id'];
    const content = { duration: '12', videoMediaId: video, videoType: 'mp4', picMediaId: cover };
    expect((await sendAsRobot('sampleVideo', content)).status).toBe(200);
    const [entry] = await client.inbox();
    expect(entry?.['media']).toMatchObject([{ type: 'video' }, { type: 'image', fileName: '值班表.png' }]);
    expect(await sendAsRobot('sampleVideo', { ...content, picMediaId: video })).toMatchObject({
      status: 400,
      body: { code: 'invalidParameter.msgParam.invalid' },
    });
    expect((await sendAsRobot('sampleImageMsg', { photoURL: '@made-up' })).status).toBe(400);
    expect((await sendAsRobot('sampleImageMsg', { photoURL: 'https://e.cn/a.png' })).status).toBe(200);
  });
});
