import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { SAMPLES } from '../../../libs/assets/testing/factories.js';
import { AssetsApi, bodyOf, faultsOf } from './assets-api.fixture.js';

const ABSENT = '0199aaaa-0000-7000-8000-000000000000';

describe('assets in templates and messages', () => {
  let api: AssetsApi;
  let picture: string;
  let film: string;
  let codes = 0;

  beforeAll(async () => {
    api = await AssetsApi.start();
    [picture, film] = [await upload(SAMPLES.png, 'a.png'), await upload(SAMPLES.mp4, 'a.mp4')];
  });
  afterAll(() => api.stop());

  async function upload(bytes: Buffer, name: string, http = api.as()): Promise<string> {
    return bodyOf(await http.post('/v1/assets').attach('file', bytes, name).expect(201)).assetId;
  }

  const templateOf = (content: JsonObject, account = 'robot') => {
    const code = `template-${(codes += 1)}`;
    const channel = account === 'robot' ? 'wecom-robot' : 'dingtalk-robot';
    return { code, name: code, routes: [{ channel, account, content }] };
  };
  const save = async (content: JsonObject, account?: string, http = api.as()) =>
    http.post('/v1/templates').send(templateOf(content, account));
  const image = (asset: string): JsonObject => ({ kind: 'image', asset });

  it('are taken where they exist, in both forms', async () => {
    expect((await save(image(picture))).status).toBe(201);
    expect((await save({ kind: 'image', base64: `asset:${picture}` })).status).toBe(201);
  });

  it('are refused where they do not exist, are of another kind, or too large', async () => {
    expect(faultsOf(await save(image(ABSENT)))).toEqual(['/routes/0/content/asset asset_not_found']);
    expect(faultsOf(await save(image('nothing like an id')))).toEqual(['/routes/0/content/asset asset_not_found']);
    expect(faultsOf(await save(image(film)))).toEqual(['/routes/0/content/asset asset_kind_mismatch']);
    const large = await upload(Buffer.concat([SAMPLES.png, Buffer.alloc(2 * 1024 * 1024)]), 'large.png');
    expect(bodyOf(await save(image(large))).errors).toMatchObject([
      { code: 'asset_size_not_accepted', limit: 2_097_152, unit: 'bytes' },
    ]);
    expect(faultsOf(await save({ ...image(picture), base64: 'iVBO' }))).toEqual([
      '/routes/0/content/asset conflicting_fields',
    ]);
  });

  it('are refused where the channel can make nothing of them', async () => {
    const link = { kind: 'link', title: 't', text: 'x', messageUrl: 'https://a.example', picUrl: `asset:${picture}` };
    expect(faultsOf(await save(link, 'hook'))).toEqual(['/routes/0/content/picUrl asset_not_supported']);
  });

  it('are kept while the newest or published version of a template names them', async () => {
    const asset = await upload(SAMPLES.jpg, 'kept.jpg');
    const body = templateOf(image(asset));
    const { code } = body;
    await api.publish(body);
    const inUse = await api.as().delete(`/v1/assets/${asset}`).expect(409);
    expect(inUse.body).toMatchObject({ code: 'in_use', templates: [code] });
    await api
      .as()
      .put(`/v1/templates/${code}`)
      .send({ ...body, routes: templateOf(image(picture)).routes });
    await api.as().delete(`/v1/assets/${asset}`).expect(409);
    await api.as().post(`/v1/templates/${code}/versions/2/publish`).expect(200);
    await api.as().delete(`/v1/assets/${asset}`).expect(204);
  });

  it('are there when an older version that names them is published', async () => {
    const asset = await upload(SAMPLES.jpg, 'first.jpg');
    const body = templateOf(image(asset));
    await api.as().post('/v1/templates').send(body).expect(201);
    const second = { ...body, routes: templateOf(image(picture)).routes };
    await api.as().put(`/v1/templates/${body.code}`).send(second).expect(200);
    await api.as().delete(`/v1/assets/${asset}`).expect(204);
    const refused = await api.as().post(`/v1/templates/${body.code}/versions/1/publish`).expect(422);
    expect(faultsOf(refused)).toEqual(['/routes/0/content/asset asset_not_found']);
  });

  it('are kept or refused, never lost, when a template is saved while somebody deletes them', async () => {
    const assets: string[] = [];
    while (assets.length < 12) assets.push(await upload(SAMPLES.jpg, 'race.jpg'));
    const ends = await Promise.all(
      assets.map(async (asset) => {
        const [saved, deleted] = await Promise.all([save(image(asset)), api.as().delete(`/v1/assets/${asset}`)]);
        return `${saved.status} ${deleted.status}`;
      }),
    );
    expect(new Set(ends)).not.toContain('201 204');
    for (const end of ends) expect(['201 409', '422 204']).toContain(end);
  });

  describe('given as a value', () => {
    let template: string;
    const dryRun = (file: string, http = api.as()) =>
      http.post('/v1/messages?dryRun=true').send({ template, params: { file } });

    beforeAll(async () => {
      const body = templateOf(image('{{file}}'));
      template = body.code;
      await api.publish(body);
    });

    it('are checked when the message is accepted', async () => {
      await dryRun(picture).expect(200);
      expect(faultsOf(await dryRun(ABSENT).expect(422))).toEqual(['/routes/0/content/asset asset_not_found']);
      expect(faultsOf(await dryRun(film).expect(422))).toEqual(['/routes/0/content/asset asset_kind_mismatch']);
      const send = await api
        .as()
        .post('/v1/messages')
        .send({ template, params: { file: ABSENT } });
      expect(faultsOf(send)).toEqual(['/routes/0/content/asset asset_not_found']);
    });

    it('must be those of the sender', async () => {
      const sender = await api.caller('sender');
      expect(faultsOf(await dryRun(picture, sender).expect(422))).toEqual(['/routes/0/content/asset asset_not_found']);
      await dryRun(await upload(SAMPLES.png, 'own.png', sender), sender).expect(200);
    });

    it('of a template, the sender need not see those that its author chose', async () => {
      const fixed = templateOf(image(picture));
      await api.publish(fixed);
      const sender = await api.caller('guest');
      const body = { template: fixed.code, params: {} };
      await sender.post('/v1/messages?dryRun=true').send(body).expect(200);
    });

    it('are judged in a preview as in a send', async () => {
      const preview = await api
        .as()
        .post(`/v1/templates/${template}/preview`)
        .send({ params: { file: film } });
      expect(bodyOf(preview).routes[0]?.faults).toMatchObject([
        { pointer: '/routes/0/content/asset', code: 'asset_kind_mismatch' },
      ]);
    });
  });
});
