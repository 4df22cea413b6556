import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type supertest from 'supertest';
import { SAMPLES } from '../../../libs/assets/testing/factories.js';
import { AssetsApi, bodyOf, faultsOf } from './assets-api.fixture.js';

const MIB = 1024 * 1024;
const ABSENT = '0199aaaa-0000-7000-8000-000000000000';

describe('the assets API', () => {
  let api: AssetsApi;
  let http: ReturnType<AssetsApi['as']>;

  beforeAll(async () => {
    api = await AssetsApi.start();
    http = api.as();
  });
  afterAll(() => api.stop());

  const upload = (bytes: Buffer = SAMPLES.png, name = '巡检照片.png', as = http): supertest.Test =>
    as.post('/v1/assets').attach('file', bytes, name);

  it('stores a file under what its bytes are, and tells where it is', async () => {
    const answer = await upload().expect(201);
    const { assetId } = bodyOf(answer);
    expect(answer.headers['location']).toBe(`/v1/assets/${assetId}`);
    const metadata = {
      assetId,
      type: 'image',
      fileName: '巡检照片.png',
      contentType: 'image/png',
      sizeBytes: SAMPLES.png.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      createdAt: expect.any(String),
    };
    expect(answer.body).toEqual({ ...metadata, mediaId: null, expiresAt: null });
    expect((await http.get(`/v1/assets/${assetId}`).expect(200)).body).toEqual(metadata);
  });

  it('gives the bytes back as a download that no browser shows', async () => {
    const { assetId } = bodyOf(await upload(Buffer.from('<script>alert(1)</script>'), `报表'1.html`));
    const answer = await http.get(`/v1/assets/${assetId}/content`).buffer(true).expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''%E6%8A%A5%E8%A1%A8%271.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((answer.body as Buffer).toString()).toBe('<script>alert(1)</script>');
  });

  it('lists them newest first, page by page', async () => {
    const own = await api.caller('lister');
    const ids: string[] = [];
    for (const sample of [SAMPLES.png, SAMPLES.pdf, SAMPLES.amr]) {
      ids.unshift(bodyOf(await upload(sample, 'x', own)).assetId);
    }
    const first = bodyOf(await own.get('/v1/assets?limit=2').expect(200));
    expect(first.data.map(({ assetId, type }) => [assetId, type])).toEqual([
      [ids[0], 'voice'],
      [ids[1], 'file'],
    ]);
    const second = bodyOf(await own.get(`/v1/assets?limit=2&cursor=${first.nextCursor}`).expect(200));
    expect(second).toMatchObject({ data: [{ assetId: ids[2], type: 'image' }], nextCursor: null });
    expect(faultsOf(await own.get('/v1/assets?limit=0').expect(422))).toHaveLength(1);
  });

  it('believes the type that is asked for only where the bytes agree', async () => {
    const as = (type: string, bytes: Buffer) => upload(bytes).field('type', type);
    expect((await as('file', SAMPLES.png).expect(201)).body).toMatchObject({ type: 'file', contentType: 'image/png' });
    expect((await as('voice', SAMPLES.amr).expect(201)).body).toMatchObject({ type: 'voice' });
    expect(faultsOf(await as('voice', SAMPLES.png).expect(422))).toEqual(['/type asset_kind_mismatch']);
    expect(faultsOf(await as('image', Buffer.from('text')).expect(422))).toEqual(['/type asset_kind_mismatch']);
    expect(faultsOf(await as('picture', SAMPLES.png).expect(422))).toEqual(['/type invalid_value']);
  });

  it('takes files up to 20 MiB and no more, whether the length is told before or not', async () => {
    await upload(Buffer.alloc(20 * MIB, 7), 'full.bin').expect(201);
    expect((await upload(Buffer.alloc(20 * MIB + 1, 7), 'over.bin').expect(413)).body).toMatchObject({
      code: 'payload_too_large',
    });
    await upload(Buffer.alloc(22 * MIB, 7), 'far-over.bin').expect(413);
  });

  it('tells everything that is wrong with a form', async () => {
    const form = () => http.post('/v1/assets');
    expect(faultsOf(await upload(Buffer.alloc(0)).expect(422))).toEqual(['/file file_empty']);
    expect(faultsOf(await form().field('type', 'image').expect(422))).toEqual(['/file missing_field']);
    expect(faultsOf(await form().field('file', 'not a file').expect(422))).toEqual(['/file wrong_type']);
    const two = form().attach('file', SAMPLES.png, 'a.png').attach('file', SAMPLES.png, 'b.png');
    expect(faultsOf(await two.expect(422))).toEqual(['/file too_many_items']);
    const odd = upload().field('colour', 'red').attach('media', SAMPLES.png, 'c.png');
    expect(faultsOf(await odd.expect(422)).sort()).toEqual(['/colour unknown_field', '/media unknown_field']);
  });

  it('answers what is no form at all, or only half of one', async () => {
    await http.post('/v1/assets').send({ file: 'x' }).expect(415);
    await http.post('/v1/assets').expect(415);
    await http.post('/v1/messages').field('template', 'x').expect(415);
    const cut = http.post('/v1/assets').set('content-type', 'multipart/form-data; boundary=x');
    await cut.send('--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nhalf').expect(400);
    await http.post('/v1/assets').set('content-type', 'multipart/form-data').send('no boundary').expect(400);
  });

  it('shows a caller its own files only; another one is as absent as one that never was', async () => {
    const [one, other] = [await api.caller('one'), await api.caller('other')];
    const { assetId } = bodyOf(await upload(SAMPLES.png, 'x.png', one).expect(201));
    for (const path of ['', '/content']) {
      const text = async (id: string) => {
        const answer = await other.get(`/v1/assets/${id}${path}`).expect(404);
        return answer.text.replaceAll(id, 'ID').replaceAll(bodyOf(answer).requestId, 'REQUEST');
      };
      expect(await text(assetId)).toBe(await text(ABSENT));
    }
    await other.delete(`/v1/assets/${assetId}`).expect(404);
    await other.get('/v1/assets/no-id').expect(404);
    expect(bodyOf(await other.get('/v1/assets')).data).toEqual([]);
    await http.get(`/v1/assets/${assetId}`).expect(200);
    await one.delete(`/v1/assets/${assetId}`).expect(204);
    await one.get(`/v1/assets/${assetId}`).expect(404);
  });

  it('needs the right to send for uploads and deletions, and to read for the rest', async () => {
    const viewer = await api.caller('viewer', { preset: 'viewer' });
    await upload(SAMPLES.png, 'x.png', viewer).expect(403);
    await viewer.delete(`/v1/assets/${ABSENT}`).expect(403);
    await viewer.get('/v1/assets').expect(200);
    const counter = await api.caller('counter', { preset: 'viewer', scopes: ['stats:read'] });
    await counter.get('/v1/assets').expect(403);
  });

  it('writes uploads and deletions into the audit log', async () => {
    const { assetId } = bodyOf(await upload());
    await http.delete(`/v1/assets/${assetId}`).expect(204);
    const rows = await api.query(`SELECT action, details FROM audit_log WHERE object = $1 ORDER BY id`, [
      `asset:${assetId}`,
    ]);
    expect(rows).toMatchObject([
      { action: 'asset.upload', details: { fileName: '巡检照片.png', type: 'image' } },
      { action: 'asset.delete' },
    ]);
  });

  it('keeps what is uploaded for an account whose channel knows no ids of such files', async () => {
    const answer = await http.post('/v1/accounts/hook/media').attach('file', SAMPLES.png, 'a.png').expect(201);
    expect(answer.body).toMatchObject({ mediaId: null, expiresAt: null, type: 'image' });
    await http.post('/v1/accounts/nobody/media').attach('file', SAMPLES.png, 'a.png').expect(404);
    const narrow = await api.caller('narrow', { accounts: ['robot'] });
    await narrow.post('/v1/accounts/hook/media').attach('file', SAMPLES.png, 'a.png').expect(403);
  });
});
