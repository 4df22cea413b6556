import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sample, upload, withHead, type Kind, type Part } from './media-client.js';
import { OTHER_APP_SECRET, ROBOT_KEY, SandboxClient, type Answer } from './sandbox-client.js';

const DAY_MS = 86_400_000;
const MB = 1024 * 1024;
const OTHER_ROBOT_KEY = ROBOT_KEY.replace(/1$/, '2');

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const code = ({ body }: Answer): unknown => body['errcode'];
const mediaId = ({ body }: Answer): string => String(body['media_id']);

const ofCorp = async (type: string, part: Part, secret?: string): Promise<Answer> =>
  upload(client, `/cgi-bin/media/upload?access_token=${await client.wecomToken(secret)}&type=${type}`, part);
const ofRobot = (type: string, part: Part, key = ROBOT_KEY): Promise<Answer> =>
  upload(client, `/cgi-bin/webhook/upload_media?key=${key}&type=${type}`, part);
const message = (msgtype: string, id: string): object => ({
  touser: 'zhangsan',
  agentid: 1000002,
  msgtype,
  [msgtype]: { media_id: id },
});

describe('media/upload', () => {
  it.each<Kind>(['image', 'voice', 'video', 'file'])('keeps a %s, which a message then shows by name', async (kind) => {
    const answer = await ofCorp(kind, sample(kind));
    expect(answer.body).toEqual({
      errcode: 0,
      errmsg: '',
      type: kind,
      media_id: expect.stringMatching(/^3/),
      created_at: expect.stringMatching(/^\d{10}$/),
    });
    expect(code(await client.sendWecom(message(kind, mediaId(answer))))).toBe(0);
    const name = sample(kind).fileName ?? '';
    const [entry] = await client.inbox();
    expect(entry?.['media']).toMatchObject([{ id: mediaId(answer), type: kind, fileName: name }]);
    expect(await (await fetch(`${client.url}/_sandbox/page/feed`)).text()).toContain(name);
  });

  it.each<[string, string, Part | (() => Part), number]>([
    ['an unknown type', 'audio', sample('voice'), 40005],
    ['a part of another name', 'file', sample('file', { name: 'file' }), 44001],
    ['a part without file name', 'file', { data: Buffer.from('abcdefgh') }, 44001],
    ['an empty file', 'file', sample('file', { data: Buffer.alloc(0) }), 44001],
    ['five bytes', 'file', sample('file', { data: Buffer.alloc(5) }), 40006],
    ['a picture that is none', 'image', sample('file'), 40123],
    ['a picture over 10 MB', 'image', () => withHead('image', 10 * MB + 1), 40009],
    ['a voice that is no AMR', 'voice', sample('image'), 301017],
    ['a voice over 2 MB', 'voice', () => withHead('voice', 2 * MB + 1), 45001],
    ['a voice of 61 s', 'voice', () => withHead('voice', 6 + 13 * 3050), 45007],
    ['a video that is none', 'video', sample('image'), 40004],
    ['a video over 10 MB', 'video', () => withHead('video', 10 * MB + 1), 40011],
    ['a file over 20 MB', 'file', () => withHead('file', 20 * MB + 1), 45001],
  ])('refuses %s', async (_name, type, part, errcode) => {
    expect(code(await ofCorp(type, typeof part === 'function' ? part() : part))).toBe(errcode);
  });

  it('takes files up to the limit', async () => {
    expect(code(await ofCorp('file', withHead('file', 20 * MB)))).toBe(0);
    expect(code(await ofCorp('file', sample('file', { data: Buffer.alloc(6) })))).toBe(0);
  });

  it('refuses a body that is no form, and a bad token', async () => {
    const token = await client.wecomToken();
    const path = `/cgi-bin/media/upload?access_token=${token}&type=file`;
    expect(code(await client.post(path, 'abcdefgh', 'application/octet-stream'))).toBe(44001);
    expect(code(await client.post(path, 'abcdefgh', 'multipart/form-data'))).toBe(44001);
    expect(code(await upload(client, '/cgi-bin/media/upload?type=file', sample('file')))).toBe(41001);
  });
});

describe('a media id of the corp', () => {
  it('serves every app, but no robot and no other type', async () => {
    const id = mediaId(await ofCorp('file', sample('file'), OTHER_APP_SECRET));
    expect(code(await client.sendWecom(message('file', id)))).toBe(0);
    expect(code(await client.sendWecom(message('image', id)))).toBe(40007);
    expect(code(await client.sendWecomRobot({ msgtype: 'file', file: { media_id: id } }))).toBe(40007);
  });

  it('ends after three days, and a demo id never', async () => {
    const id = mediaId(await ofCorp('image', sample('image')));
    await client.advance(3 * DAY_MS - 60_000);
    expect(code(await client.sendWecom(message('image', id)))).toBe(0);
    await client.advance(60_000);
    expect(code(await client.sendWecom(message('image', id)))).toBe(40007);
    expect(code(await client.sendWecom(message('image', '3Img-7hK2p_Qw91')))).toBe(0);
  });

  it('ends with a reset', async () => {
    const id = mediaId(await ofCorp('image', sample('image')));
    await client.reset();
    expect(code(await client.sendWecom(message('image', id)))).toBe(40007);
  });

  it('is judged inside articles and cards as well', async () => {
    const id = mediaId(await ofCorp('file', sample('file')));
    const article = { title: 'a', content: 'b', thumb_media_id: id };
    const row = { type: 2, keyname: 'a', media_id: `${id}x` };
    const card = {
      card_type: 'text_notice',
      main_title: { title: 'a' },
      card_action: { type: 1, url: 'https://e.cn' },
    };
    const send = async (msgtype: string, content: object): Promise<unknown> =>
      code(await client.sendWecom({ touser: 'zhangsan', agentid: 1000002, msgtype, [msgtype]: content }));
    expect(await send('mpnews', { articles: [article] })).toBe(40007);
    expect(await send('template_card', { ...card, horizontal_content_list: [row] })).toBe(40007);
    expect(await send('template_card', { ...card, horizontal_content_list: [{ ...row, media_id: id }] })).toBe(0);
  });
});

describe('media/get', () => {
  const get = async (id: string): Promise<Response> =>
    fetch(`${client.url}/cgi-bin/media/get?access_token=${await client.wecomToken()}&media_id=${id}`);

  it('hands the file back, byte for byte', async () => {
    const { data } = sample('image');
    const response = await get(mediaId(await ofCorp('image', sample('image'))));
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''%E5/);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(data);
    const [request] = await client.list('/_sandbox/requests?limit=1');
    expect(request).toMatchObject({ answer: { status: 200, body: `${data.length} bytes` } });
  });

  it('answers JSON for ids that it does not know', async () => {
    expect(await (await get('3Img-made-up')).json()).toMatchObject({ errcode: 40007 });
    expect(await (await get('')).json()).toMatchObject({ errcode: 41006 });
    const robots = mediaId(await ofRobot('file', sample('file')));
    expect(await (await get(robots)).json()).toMatchObject({ errcode: 40007 });
  });
});

describe('media/uploadimg', () => {
  const uploadPicture = async (part: Part): Promise<Answer> =>
    upload(client, `/cgi-bin/media/uploadimg?access_token=${await client.wecomToken()}`, part);

  it('answers an address that lasts, and that the inbox shows with the message', async () => {
    const { body } = await uploadPicture(sample('image', { name: 'anything' }));
    const url = String(body['url']);
    await client.advance(30 * DAY_MS);
    const picture = await fetch(url);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(sample('image').data);
    const articles = [{ title: 'a', thumb_media_id: '3Img-7hK2p_Qw91', content: `<img src="${url}">` }];
    await client.sendWecom({ touser: 'zhangsan', agentid: 1000002, msgtype: 'mpnews', mpnews: { articles } });
    const page = await (await fetch(`${client.url}/_sandbox/page/feed`)).text();
    expect(page).toContain(`<img src="${new URL(url).pathname}" alt="值班表.png" />`);
  });

  it('refuses what is no picture, and more than 2 MB', async () => {
    expect(code(await uploadPicture(sample('file')))).toBe(40123);
    expect(code(await uploadPicture(withHead('image', 2 * MB + 1)))).toBe(40009);
  });
});

describe('webhook/upload_media', () => {
  const send = (id: string, key: string): Promise<Answer> =>
    client.post(`/cgi-bin/webhook/send?key=${key}`, { msgtype: 'file', file: { media_id: id } });

  it('keeps a file for this robot alone, for three days', async () => {
    const answer = await ofRobot('file', sample('file'));
    const id = mediaId(answer);
    expect(code(await send(id, ROBOT_KEY))).toBe(0);
    expect(code(await send(id, OTHER_ROBOT_KEY))).toBe(40007);
    expect(code(await client.sendWecom(message('file', id)))).toBe(40007);
    await client.advance(3 * DAY_MS);
    expect(code(await send(id, ROBOT_KEY))).toBe(40007);
  });

  it('takes files and voices of robots that exist', async () => {
    expect(code(await ofRobot('voice', sample('voice')))).toBe(0);
    expect(code(await ofRobot('image', sample('image')))).toBe(40005);
    expect(code(await ofRobot('file', sample('file'), 'made-up'))).toBe(93000);
  });
});

describe('an uploaded file on the page', () => {
  it('is never a page of its own', async () => {
    const data = Buffer.from('<script>alert(1)</script>');
    await client.sendWecom(
      message('file', mediaId(await ofCorp('file', sample('file', { fileName: 'a.html', data })))),
    );
    const [entry] = await client.inbox();
    const [file] = entry?.['media'] as { readonly path: string }[];
    const response = await fetch(`${client.url}${file?.path}`);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(`${client.url}/_sandbox/media/999999`)).status).toBe(404);
  });
});
