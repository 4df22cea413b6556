import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { SAMPLES } from '../../libs/assets/testing/factories.js';
import type { AnswerBody } from './api-client.js';
import { rawBodyOf } from './sandbox-remote.js';
import { onEachBackend, type System } from './system.js';

const DAY_MS = 86_400_000;
const UPLOADS = { app: '/cgi-bin/media/upload', picture: '/cgi-bin/media/uploadimg', work: '/media/upload' } as const;

const bodyOf = (entry: AnswerBody): AnswerBody => JSON.parse(rawBodyOf(entry));

/** A file that no other story has. */
let stories = 0;
const unique = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.from(`story ${(stories += 1)}`)]);

/** Sends one message with the content, to zhangsan where the channel wants recipients. */
async function send({ api, given }: System, channel: string, content: JsonObject, account?: string) {
  const template = await given.template(channel, {
    content,
    dedupe: { content: null },
    ...(account !== undefined && { account }),
  });
  const recipients = channel.endsWith('-robot') ? [] : ['zhangsan'];
  const body = template.message('', { recipients });
  return { body, message: await api.sendAndSettle(body) };
}

/** The message that names this very text. */
const taken = async ({ sandbox }: System, text: string): Promise<AnswerBody> => bodyOf(await sandbox.only(text));

onEachBackend('uploaded files', (system) => {
  it('go to a WeCom app once, and from then on by their media id', async () => {
    const { api, sandbox } = system();
    const { assetId } = await api.upload(unique(SAMPLES.png), '巡检 "1".png');
    const before = await sandbox.count(UPLOADS.app);
    const { body, message } = await send(system(), 'wecom-app', { kind: 'image', asset: assetId });
    expect(message).toMatchObject({ status: 'sent', counts: { sent: 1 } });
    const second = await api.sendAndSettle(body);
    expect(second).toMatchObject({ status: 'sent' });
    expect(await sandbox.count(UPLOADS.app)).toBe(before + 1);
    const timeline = await api.list(`/v1/messages/${message.id}/timeline`);
    expect(timeline.map(({ event }) => event)).toContain('media_uploaded');
    const attempts = await api.list(`/v1/messages/${message.id}/attempts`);
    expect(attempts).toHaveLength(1);
  });

  it('go to a WeCom robot as pictures inside the message, with their MD5', async () => {
    const { api, sandbox } = system();
    const bytes = unique(SAMPLES.png);
    const { assetId } = await api.upload(bytes, 'a.png');
    const { message } = await send(system(), 'wecom-robot', { kind: 'image', asset: assetId });
    expect(message).toMatchObject({ status: 'sent' });
    const base64 = bytes.toString('base64');
    const md5 = createHash('md5').update(bytes).digest('hex');
    expect((await taken(system(), base64)).image).toEqual({ base64, md5 });
    expect(await sandbox.count('/cgi-bin/webhook/upload_media')).toBe(0);
  });

  it('go to DingTalk as files of work messages', async () => {
    const { api, sandbox } = system();
    const { assetId } = await api.upload(unique(SAMPLES.pdf), '值班表.pdf');
    const before = await sandbox.count(UPLOADS.work);
    const { message } = await send(system(), 'dingtalk-work', { kind: 'file', media_id: `asset:${assetId}` });
    expect(message).toMatchObject({ status: 'sent' });
    expect(await sandbox.count(UPLOADS.work)).toBe(before + 1);
  });

  it('go into news as addresses that last', async () => {
    const { api, given, sandbox } = system();
    const { assetId } = await api.upload(unique(SAMPLES.png), 'cover.png');
    const title = given.text('news');
    const article = { title, url: 'https://portal.example.com', picurl: `asset:${assetId}` };
    const { message } = await send(system(), 'wecom-app', { kind: 'news', articles: [article, { ...article }] });
    expect(message).toMatchObject({ status: 'sent' });
    const { news } = await taken(system(), title);
    expect(news.articles[0].picurl).toMatch(/^https?:\/\//);
    expect(news.articles[1].picurl).toBe(news.articles[0].picurl);
    expect(await sandbox.count(UPLOADS.picture)).toBeGreaterThan(0);
  });

  it('are uploaded again when the vendor has forgotten them, at no attempt', async () => {
    const { api, sandbox } = system();
    const { assetId } = await api.upload(unique(SAMPLES.png), 'old.png');
    const { body } = await send(system(), 'wecom-app', { kind: 'image', asset: assetId });
    const before = await sandbox.count(UPLOADS.app);
    await sandbox.advanceClock(3 * DAY_MS + 1_000);
    const message = await api.sendAndSettle(body);
    expect(message).toMatchObject({ status: 'sent', deliveries: [{ attempts: 1 }] });
    expect(await sandbox.count(UPLOADS.app)).toBe(before + 1);
    expect(await api.list(`/v1/messages/${message.id}/attempts`)).toHaveLength(1);
  });

  it('given as a value are those of the message', async () => {
    const { api, given } = system();
    const template = await given.template('wecom-app', { content: { kind: 'image', media_id: '{{text}}' } });
    const [one, two] = [await api.upload(unique(SAMPLES.png), '1.png'), await api.upload(unique(SAMPLES.png), '2.png')];
    for (const { assetId } of [one, two]) {
      const message = await api.sendAndSettle(template.message(`asset:${assetId}`, { recipients: ['zhangsan'] }));
      expect(message).toMatchObject({ status: 'sent' });
    }
  });

  it('are uploaded once for a hundred messages at a time', async () => {
    const { api, given, sandbox } = system();
    const { assetId } = await api.upload(unique(SAMPLES.png), 'many.png');
    const content = { kind: 'image', asset: assetId };
    const template = await given.template('wecom-app', { content, dedupe: { content: null } });
    const before = await sandbox.count(UPLOADS.app);
    const body = template.message('', { recipients: ['zhangsan'] });
    const sent = await Promise.all(Array.from({ length: 100 }, () => api.send(body)));
    await api.allSettled(sent.map(({ id }) => id));
    expect(await sandbox.count(UPLOADS.app)).toBe(before + 1);
  });

  it('that the vendor refuses end the message with its words', async () => {
    const { api, sandbox } = system();
    const { assetId } = await api.upload(unique(SAMPLES.png), 'refused.png');
    await sandbox.fault({ type: 'errcode', code: 40009, message: 'invalid image size' }, { endpoint: 'media/upload' });
    const { message } = await send(system(), 'wecom-app', { kind: 'image', asset: assetId });
    expect(message).toMatchObject({
      status: 'failed',
      deliveries: [{ reason: 'media_refused', attempts: 0, error: { provider: { code: '40009' } } }],
    });
  });

  it('that are deleted before the message is sent end it, and say so', async () => {
    const { api, given } = system();
    const { assetId } = await api.upload(unique(SAMPLES.png), 'gone.png');
    const template = await given.template('wecom-app', { content: { kind: 'image', media_id: '{{text}}' } });
    const later = { recipients: ['zhangsan'], delaySeconds: 2 };
    const { id } = await api.send(template.message(`asset:${assetId}`, later));
    expect((await api.delete(`/v1/assets/${assetId}`)).status).toBe(204);
    expect(await api.settled(id)).toMatchObject({ status: 'failed', deliveries: [{ reason: 'asset_gone' }] });
  });

  it('for an account are at its vendor when the upload is answered', async () => {
    const { api, given, sandbox } = system();
    const account = await given.account('wecom-app');
    const path = `/v1/accounts/${account}/media`;
    const { assetId, expiresAt, mediaId } = await api.upload(unique(SAMPLES.png), 'eager.png', path);
    expect(mediaId).toEqual(expect.any(String));
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(2 * DAY_MS);
    const before = await sandbox.count(UPLOADS.app);
    const { message } = await send(system(), 'wecom-app', { kind: 'image', asset: assetId }, account);
    expect(message).toMatchObject({ status: 'sent' });
    expect(await taken(system(), mediaId)).toMatchObject({ image: { media_id: mediaId } });
    expect(await sandbox.count(UPLOADS.app)).toBe(before);
  });

  it('for an account that its vendor refuses are not kept', async () => {
    const { api, given, sandbox } = system();
    const path = `/v1/accounts/${await given.account('wecom-app')}/media`;
    const bytes = unique(SAMPLES.gif);
    await expect(api.upload(bytes, 'a.gif', path)).rejects.toThrow('asset_format_not_accepted');
    await sandbox.fault({ type: 'errcode', code: 40009, message: 'invalid image size' }, { endpoint: 'media/upload' });
    await expect(api.upload(unique(SAMPLES.png), 'no.png', path)).rejects.toThrow(/409.*media_refused|409.*40009/);
    expect((await api.list('/v1/assets?limit=2')).map(({ fileName }) => fileName)).not.toContain('no.png');
  });
});
