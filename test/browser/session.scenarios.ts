import { text as textOf } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { waitFor } from '#libs/testing';
import { CHANNELS } from '#libs/channels';
import { stage } from './stage.js';

const { name: channel = '', family = '' } =
  CHANNELS.find(({ recall, addressing }) => recall.supported && addressing.to === 'people') ?? {};
const HALF_AN_HOUR_MS = 30 * 60_000;
const EXPIRY_MS = 1_500;

const refused = async (page: Page, key: string): Promise<void> => {
  await page.locator('#key').fill(key);
  await page.keyboard.press('Enter');
  await page.getByText('密钥无效、已到期或已吊销').waitFor();
};

export function scenarios(): void {
  it('keeps expired and revoked keys out', async () => {
    const { api, given } = stage.system;
    const caller = await given.caller();
    const revoked = await given.newKey({ preset: 'viewer', caller });
    await api.delete(`/v1/api-keys/${String(revoked.id)}`);
    const expiresAt = new Date(Date.now() + EXPIRY_MS).toISOString();
    const expired = await given.newKey({ preset: 'viewer', caller, expiresAt });
    const isOver = async (): Promise<boolean> => (await api.as(expired.key).get('/v1/me')).status === 401;
    await waitFor(isOver, { deadlineMs: 20_000, intervalMs: 200, what: 'the end of the key' });
    const { page } = await stage.open();
    await refused(page, revoked.key);
    await refused(page, expired.key);
    stage.shown.expects(/401/);
  });

  it('locks after half an hour without a touch, and keeps nothing', async () => {
    const { page } = await stage.open();
    await page.clock.install();
    await page.reload();
    await stage.shown.signIn();
    await page.locator('.page h1').first().waitFor();
    await page.clock.fastForward(HALF_AN_HOUR_MS + 60_000);
    await page.getByText('30 分钟没有操作，已锁定').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    expect(await stage.shown.axe()).toEqual([]);
  });

  it('shows markup, scripts and marks of direction as text, wherever they stand', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channel);
    const text = `${given.text('Markup')} <img src=https://evil.example/x onerror=alert(1)><script>alert(2)</script> \u202egnp`;
    const businessKey = `<b>${given.code('key')}</b>`;
    const body = template.message(text, { recipients: [{ [family]: 'zhangsan' }], businessKey });
    const { id } = await api.sendAndSettle(body);
    const page = await stage.signedIn();
    page.on('dialog', () => stage.shown.complaints.push('a script ran'));
    await stage.shown.visit(`/messages?template=${template.code}`);
    await page.getByText(businessKey).waitFor();
    for (const tab of ['content', 'timeline', 'raw']) {
      await stage.shown.visit(`/messages/${String(id)}?tab=${tab}`);
      await page.getByText(businessKey).first().waitFor();
      expect(await page.locator('img[src*="evil"], main script').count()).toBe(0);
    }
    await stage.shown.visit(`/messages/${String(id)}?tab=content`);
    await page.getByText('<script>alert(2)</script>').first().waitFor();
  });

  it('exports a file in which nothing is a formula', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channel);
    const businessKey = `=HYPERLINK("https://evil.example","${given.code('key')}")`;
    await api.sendAndSettle(template.message(given.text('x'), { recipients: [{ [family]: 'zhangsan' }], businessKey }));
    const page = await stage.signedIn();
    await stage.shown.visit(`/messages?template=${template.code}`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 CSV' }).click();
    const csv = await textOf(await (await download).createReadStream());
    expect(csv).toContain("'=HYPERLINK");
    expect(csv).not.toMatch(/(^|,|")=HYPERLINK/m);
  });
}
