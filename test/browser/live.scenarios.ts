import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CHANNELS } from '#libs/channels';
import { stage } from './stage.js';

const { name: channel = '', family = '' } =
  CHANNELS.find(({ recall, addressing }) => recall.supported && addressing.to === 'people') ?? {};
const TO = { recipients: [{ [family]: 'zhangsan' }] };
const HIDDEN_MS = 30_000;

const firstRow = (page: Page): Promise<string | null> => page.locator('tr[data-row]').first().textContent();

/** What a browser tells a page that nobody looks at any more, or looks at again. */
const show = (page: Page, state: 'hidden' | 'visible'): Promise<unknown> =>
  page.evaluate(`
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' });
    document.dispatchEvent(new Event('visibilitychange'));
  `);

export function scenarios(): void {
  it('counts new messages behind a pill, and moves no row until it is pressed', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channel);
    const body = template.message(given.text('old'), TO);
    await api.sendAndSettle(body);
    const page = await stage.signedIn();
    await stage.shown.visit(`/messages?template=${template.code}&live=1`);
    const before = await firstRow(page);
    const fresh = Array.from({ length: 12 }, () => template.message(given.text('new'), TO));
    await Promise.all(fresh.map((message) => api.send(message)));
    const pill = page.getByRole('button', { name: '12 条新消息' });
    await pill.waitFor();
    expect(await firstRow(page)).toBe(before);
    expect(await stage.shown.axe()).toEqual([]);
    await pill.click();
    await page.getByText('共 13 条').waitFor();
    expect(await pill.count()).toBe(0);
  });

  it('changes the state of an open row in its place', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channel);
    const { id } = await api.send(template.message(given.text('held'), { ...TO, delaySeconds: 3600 }));
    const page = await stage.signedIn();
    await stage.shown.visit(`/messages?template=${template.code}&live=1`);
    const row = page.locator('tr[data-row]').first();
    await row.getByText('已排期').waitFor();
    await api.do(`/v1/messages/${String(id)}/cancel`);
    await row.getByText('已取消').waitFor();
  });

  it('asks nothing while the tab is hidden', async () => {
    const { page } = await stage.open();
    await page.clock.install();
    await page.reload();
    await stage.shown.signIn();
    await page.locator('.page h1').first().waitFor();
    await stage.shown.visit('/messages?live=1');
    await page.clock.runFor(6_000);
    await show(page, 'hidden');
    // What was under way may end.
    await page.clock.runFor(1_000);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.clock.runFor(HIDDEN_MS);
    expect(asked).toEqual([]);
    await show(page, 'visible');
    const again = page.waitForRequest(/\/v1\/messages\?/);
    await page.clock.runFor(6_000);
    await again;
  });

  it('says that the service is away and how old the page is, and goes on by itself', async () => {
    const page = await stage.signedIn();
    await stage.shown.visit('/queues');
    const rows = await page.locator('tr[data-row]').count();
    await stage.system.withoutApi(async () => {
      await page.getByText('连不上服务，正在自动重试').waitFor();
      await page.getByText(/画面停在 \d\d:\d\d:\d\d/).waitFor();
      await page.getByText(/\d+ 秒后重试/).waitFor();
      expect(await page.locator('tr[data-row]').count()).toBe(rows);
      expect(await stage.shown.axe()).toEqual([]);
    });
    await page.getByRole('button', { name: '立即重试' }).click();
    await page.locator('.outage').waitFor({ state: 'detached' });
    const again = page.waitForResponse((answer) => answer.url().endsWith('/v1/queues') && answer.ok());
    await again;
    stage.shown.expects(/ERR_CONNECTION|Failed to load resource/);
  });

  it('keeps the frame when a page cannot be loaded, and loads it when asked to', async () => {
    const page = await stage.signedIn();
    await page.route('**/assets/audit-page*.js', (route) => route.abort());
    await page.getByRole('navigation').getByText('操作记录').click();
    await page.getByText('页面没有加载成功').first().waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await page.unroute('**/assets/audit-page*.js');
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('heading', { level: 1, name: '操作记录' }).waitFor();
    stage.shown.expects(/audit-page|dynamically imported/);
  });
}
