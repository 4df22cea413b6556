import { expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import { waitFor } from '#libs/testing';
import { stage } from './stage.js';

const { name: channel = '', family = '' } =
  CHANNELS.find(({ recall, addressing }) => recall.supported && addressing.to === 'people') ?? {};
const PAGE = 50;
const PAGES = 5;
/** Only rows in sight are drawn, and a few beyond. */
const MOST_DRAWN = 80;
const NEAR_PX = 200;
const SLOWLY = { deadlineMs: 60_000, intervalMs: 100 };
const BOUNDS = /createdAfter|from=|ids=|businessKey|recipient|providerMsgId|batchId|limit=1(&|$)|status=unknown/;

export function scenarios(): void {
  it('scrolls through many pages with few rows drawn, finds back, and asks for nothing without a bound', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channel);
    const body = { ...template.message(given.text('one of many')), recipients: [{ [family]: 'zhangsan' }] };
    await api.do('/v1/messages/batch', { messages: Array.from({ length: PAGE * PAGES }, () => body) });
    const page = await stage.signedIn();
    const unbound: string[] = [];
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      const isList = /\/v1\/(messages|audit-log|stats\/\w+)$/.test(pathname) && request.method() === 'GET';
      if (isList && !BOUNDS.test(search)) unbound.push(request.url());
    });
    await stage.shown.visit(`/messages?template=${template.code}`);
    const box = page.getByRole('region', { name: '消息' });
    const rows = page.locator('tr[data-row]');
    await waitFor(async () => {
      await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      return page.getByText(`共 ${PAGE * PAGES} 条`).isVisible();
    }, SLOWLY);
    expect(await rows.count()).toBeLessThan(MOST_DRAWN);
    const place = await box.evaluate((element) => element.scrollTop);
    expect(place).toBeGreaterThan(PAGE * 40);
    await rows.last().getByRole('link').first().click();
    await page.locator('article').waitFor();
    await page.goBack();
    await rows.first().waitFor();
    const isBack = async (): Promise<boolean> =>
      Math.abs((await box.evaluate((element) => element.scrollTop)) - place) < NEAR_PX;
    await waitFor(isBack, SLOWLY);
    expect(unbound).toEqual([]);
  });
}
