import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AssetsService, type AssetEntity, type MediaWish } from '#libs/assets';
import {
  AmbiguousDeliveryError,
  CredentialError,
  PermanentDeliveryError,
  RateLimitedError,
  TokenRejectedError,
} from '#libs/core';
import { waitFor } from '#libs/testing';
import { SAMPLES } from '../../../libs/assets/testing/factories.js';
import { AssetsSystem } from './assets.fixture.js';

const MINUTE_MS = 60_000;

describe('a file at a vendor', () => {
  let system: AssetsSystem;
  let asset: AssetEntity;

  beforeAll(async () => {
    system = await AssetsSystem.start(2);
  });
  afterAll(() => system.stop());
  beforeEach(async () => {
    system.vendor.uploads.length = 0;
    system.vendor.answers.length = 0;
    system.vendor.onUpload = undefined;
    asset = await system.upload();
  });

  const wish = (changes: Partial<MediaWish> = {}): MediaWish => ({
    assetId: asset.id,
    kind: 'image',
    form: 'media_id',
    newerThan: 0,
    ...changes,
  });
  const obtain = async (changes: Partial<MediaWish> = {}, account = 'post-1', process = 0) =>
    system.media(process).obtain(await system.account(account, process), wish(changes));
  const change = (set: string) => system.query(`UPDATE asset_media SET ${set} WHERE asset_id = $1`, [asset.id]);

  it('is uploaded with its bytes, name and kind, and then known', async () => {
    const first = await obtain();
    expect(first).toMatchObject({ isFresh: true, version: 1, expiresAt: expect.any(Date) });
    expect(await obtain()).toMatchObject({ value: first.value, version: 1, isFresh: false });
    expect(system.vendor.uploads).toMatchObject([
      { file: { kind: 'image', fileName: '图 1.png', contentType: 'image/png', bytes: SAMPLES.png }, form: 'media_id' },
    ]);
  });

  it('is uploaded once, however many processes and callers ask at once', async () => {
    let isLetGo = false;
    system.vendor.onUpload = () => waitFor(() => Promise.resolve(isLetGo), { deadlineMs: 10_000, what: 'the upload' });
    const all = Promise.all(Array.from({ length: 20 }, (_, index) => obtain({}, 'post-1', index % 2)));
    await waitFor(() => Promise.resolve(system.vendor.uploads.length > 0), { deadlineMs: 10_000, what: 'a call' });
    isLetGo = true;
    const media = await all;
    expect(new Set(media.map(({ value, version }) => `${value} ${version}`)).size).toBe(1);
    expect(media.filter(({ isFresh }) => isFresh)).toHaveLength(1);
    expect(system.vendor.uploads).toHaveLength(1);
  });

  it('is another one for each account, kind and form', async () => {
    const ids = [
      await obtain(),
      await obtain({}, 'post-2'),
      await obtain({ kind: 'file' }),
      await obtain({ form: 'url' }),
    ].map(({ value }) => value);
    expect(new Set(ids).size).toBe(4);
  });

  it('is read with others in one look, in the order of the wishes', async () => {
    const { value } = await obtain();
    const other = await system.upload();
    await system.forget();
    const ready = await system.media().findReady(await system.account(), [wish({ assetId: other.id }), wish()]);
    expect(ready).toMatchObject([undefined, { value }]);
    expect(system.vendor.uploads).toHaveLength(1);
  });

  it('that ends within ten minutes is uploaded again before it is used', async () => {
    const expiresAt = new Date(Date.now() + 9 * MINUTE_MS);
    system.vendor.answers.push({ value: 'short-lived', expiresAt });
    await obtain();
    await system.forget();
    expect(await system.media().findReady(await system.account(), [wish()])).toEqual([undefined]);
    expect(await obtain()).toMatchObject({ version: 2, isFresh: true });
  });

  it('that ends soon goes on serving while somebody else renews it, or nobody can', async () => {
    await obtain();
    await change(`expires_at = now() + interval '5 minutes', refreshing_until = now() + interval '1 hour'`);
    await system.forget();
    expect(await obtain()).toMatchObject({ version: 1 });
    await change(`refreshing_until = NULL, retry_at = now() + interval '1 hour', last_error = '{"kind":"transient"}'`);
    await system.forget();
    expect(await obtain()).toMatchObject({ version: 1 });
    expect(system.vendor.uploads).toHaveLength(1);
  });

  it('that the vendor keeps is never uploaded again', async () => {
    system.vendor.answers.push({ value: 'https://vendor.example/1.png' });
    await obtain({ form: 'url' });
    await system.forget();
    expect(await obtain({ form: 'url' })).toMatchObject({ value: 'https://vendor.example/1.png', version: 1 });
    expect(system.vendor.uploads).toHaveLength(1);
  });

  it('that the vendor forgot early is replaced once for all who used that version', async () => {
    await obtain();
    const renewed = await Promise.all([0, 1, 0, 1].map((process) => obtain({ newerThan: 1 }, 'post-1', process)));
    expect(renewed.map(({ version }) => version)).toEqual([2, 2, 2, 2]);
    expect(system.vendor.uploads).toHaveLength(2);
  });

  it('is renewed ahead of time where it was used lately', async () => {
    await obtain();
    await obtain({}, 'post-2');
    const soon = `expires_at = now() + interval '5 minutes'`;
    await change(soon);
    await system.query(`UPDATE asset_media SET used_at = now() - interval '4 days' WHERE account = 'post-2'`);
    await system.query(`UPDATE asset_media SET expires_at = NULL WHERE asset_id <> $1`, [asset.id]);
    expect(await system.media().renewExpiring()).toBe(1);
    expect(system.vendor.uploads).toHaveLength(3);
    expect(await system.media().renewExpiring()).toBe(0);
    await system.forget();
    expect(await obtain()).toMatchObject({ version: 2, isFresh: false });
  });

  it('that is used counts as used, noted at most hourly', async () => {
    await obtain();
    await change(`used_at = now() - interval '2 hours'`);
    await system.forget();
    await system.media().findReady(await system.account(), [wish()]);
    const [row] = await system.query<{ recent: boolean }>(
      `SELECT used_at > now() - interval '1 minute' AS recent FROM asset_media WHERE asset_id = $1`,
      [asset.id],
    );
    expect(row?.recent).toBe(true);
  });

  it('that it refuses is not offered again at once, by nobody', async () => {
    const provider = { name: 'Vendor', code: '40009', message: 'invalid image size' };
    system.vendor.answers.push(new PermanentDeliveryError('media_too_large', 'too large', [], { provider }));
    const refusal = { reason: 'media_refused', provider };
    await expect(obtain()).rejects.toMatchObject(refusal);
    await expect(obtain({}, 'post-1', 1)).rejects.toMatchObject(refusal);
    expect(system.vendor.uploads).toHaveLength(1);
    await change('retry_at = now()');
    await expect(obtain()).resolves.toMatchObject({ version: 1 });
  });

  it('whose upload ended unclear is tried again later, at no attempt', async () => {
    system.vendor.answers.push(new AmbiguousDeliveryError('connection_lost', 'lost'));
    await expect(obtain()).rejects.toMatchObject({ name: 'RetryableDeliveryError', usesAttempt: false });
  });

  it('waits as long as the vendor asks', async () => {
    system.vendor.answers.push(new RateLimitedError('provider_throttled', 'slow down', 90_000, 'account'));
    await expect(obtain()).rejects.toMatchObject({ name: 'RateLimitedError', scope: 'account' });
    const [row] = await system.query<{ waits: boolean }>(
      `SELECT retry_at > now() + interval '80 seconds' AS waits FROM asset_media WHERE asset_id = $1`,
      [asset.id],
    );
    expect(row?.waits).toBe(true);
  });

  it('is offered again at once after refused credentials have been mended', async () => {
    system.vendor.answers.push(new CredentialError('secret_wrong', 'no'));
    await expect(obtain()).rejects.toThrow(CredentialError);
    await expect(obtain()).resolves.toMatchObject({ version: 1 });
  });

  it('is uploaded with a fresh token when the vendor ended the old one, once', async () => {
    await system.query('UPDATE access_token SET retry_at = NULL');
    system.vendor.answers.push(new TokenRejectedError('x'));
    await obtain();
    const [first, second] = system.vendor.uploads.map(({ token }) => token);
    expect(second).not.toBe(first);
    await system.query('UPDATE access_token SET retry_at = NULL');
    system.vendor.answers.push(new TokenRejectedError('x'), new TokenRejectedError('y'));
    await expect(obtain({ kind: 'file' })).rejects.toMatchObject({ name: 'CredentialError', reason: 'token_rejected' });
  });

  it('outlives the process that was uploading it', async () => {
    await obtain();
    await change(`value = NULL, refreshing_until = now() + interval '300 milliseconds'`);
    await system.forget();
    await expect(obtain()).resolves.toMatchObject({ version: 2, isFresh: true });
  });

  it('is gone with the asset, also for those who ask at the time', async () => {
    await obtain();
    await system.get(AssetsService).delete(asset.id, {});
    expect(await system.query('SELECT 1 FROM asset_media WHERE asset_id = $1', [asset.id])).toEqual([]);
    await system.forget();
    await expect(obtain()).rejects.toMatchObject({ reason: 'asset_gone' });
    expect(system.vendor.uploads).toHaveLength(1);
  });

  it('is gone with the account', async () => {
    await obtain({}, 'post-2');
    await system.query(`DELETE FROM account WHERE code = 'post-2'`);
    expect(await system.query(`SELECT 1 FROM asset_media WHERE account = 'post-2'`)).toEqual([]);
  });
});
