import { expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import { stage } from './stage.js';

const { name: channel = '', family = '' } =
  CHANNELS.find(({ recall, addressing }) => recall.supported && addressing.to === 'people') ?? {};

const PAGES = [
  '/',
  '/messages',
  '/why?ref=user:wangwu',
  '/rejections',
  '/recalls',
  '/dead-letters',
  '/queues',
  '/imports',
  '/templates',
  '/accounts',
  '/directory',
  '/webhooks',
  '/callers',
  '/api-keys',
  '/audit',
  '/sandbox',
];

/** How far the page or the document reaches beyond its right edge. */
const OVERHANG = `(() => {
  const body = document.querySelector('.body');
  const ofBody = body ? body.scrollWidth - body.clientWidth : 0;
  return Math.max(ofBody, document.documentElement.scrollWidth - innerWidth);
})()`;
const FOCUSED = 'document.activeElement.textContent';
const MOVING = "document.getAnimations().filter(({ playState }) => playState === 'running').length";

export function scenarios(): void {
  it('is used in English, in the dark and without a mouse, from the sign-in to a recall', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channel);
    const body = template.message(given.text('keys'), { recipients: [{ [family]: 'zhangsan' }] });
    const { id } = await api.sendAndSettle(body);
    const page = await stage.signedIn({ language: 'en', theme: 'dark' });
    const { keyboard } = page;
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard' });
    await help.getByText('Go to Messages').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await keyboard.press('g');
    await keyboard.press('m');
    await page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor();
    await page.locator('tr[data-row]').first().waitFor();
    await keyboard.press('j');
    await keyboard.press('Enter');
    const drawer = page.getByRole('dialog').filter({ has: page.locator('article') });
    await drawer.getByText(template.code).first().waitFor();
    expect(page.url()).toContain(String(id));
    expect(await stage.shown.axe()).toEqual([]);
    await drawer.getByRole('button', { name: 'Recall', exact: true }).focus();
    await keyboard.press('Enter');
    const question = page.getByRole('dialog').filter({ has: page.getByLabel(/reason/i) });
    await question.getByLabel(/reason/i).fill('Wrong amount');
    await question.getByRole('button', { name: /^Recall .* deliver/ }).focus();
    await keyboard.press('Enter');
    await page.locator('article header .tag').filter({ hasText: 'Recalled' }).first().waitFor();
    await keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await keyboard.press('/');
    await keyboard.type(template.code);
    await keyboard.press('Enter');
    await page.waitForURL(/templates|why/);
  });

  it('walks a table by j and k, and never while somebody types', async () => {
    const page = await stage.signedIn();
    await stage.shown.visit('/queues');
    await page.keyboard.press('j');
    const first = await page.evaluate<string>(FOCUSED);
    await page.keyboard.press('j');
    const second = await page.evaluate<string>(FOCUSED);
    expect([first === '', first === second]).toEqual([false, false]);
    await page.keyboard.press('k');
    expect(await page.evaluate<string>(FOCUSED)).toBe(first);
    await page.locator('#find').fill('');
    await page.locator('#find').pressSequentially('gm?j');
    expect(await page.locator('#find').inputValue()).toBe('gm?j');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('keeps a view under a name, and gives it back', async () => {
    const page = await stage.signedIn();
    await stage.shown.visit('/messages?status=failed&from=-7d&recipient=wecom:zhangsan');
    await page.getByRole('button', { name: '保存视图' }).click();
    await page.getByLabel('视图名称').fill('失败的');
    await page.keyboard.press('Enter');
    await stage.shown.visit('/messages');
    await page.reload();
    await page.getByRole('button', { name: '保存视图' }).click();
    await page.getByRole('link', { name: '失败的' }).click();
    await page.waitForURL(/status=failed/);
    expect(page.url()).toContain('from=-7d');
    expect(page.url()).not.toContain('recipient');
    expect(await stage.shown.axe()).toEqual([]);
  });

  it('remembers language, density and time zone, and shows times in it', async () => {
    const page = await stage.signedIn();
    await page.getByRole('button', { name: /用户菜单/ }).click();
    await page.getByText('偏好设置').click();
    const dialog = page.getByRole('dialog', { name: '偏好设置' });
    await dialog.getByText('紧凑').click();
    await dialog.getByText('English').click();
    await page.getByRole('dialog', { name: 'Preferences' }).getByRole('combobox', { name: 'Time zone' }).press('Enter');
    await page.getByTitle('UTC').last().click();
    expect(await stage.shown.axe()).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    const kept = await page.evaluate<string>("localStorage.getItem('hy-preferences')");
    expect(JSON.parse(kept)).toEqual({ language: 'en', density: 'compact', timeZone: 'UTC' });
  });

  it.each([320, 720])('needs no sideways scrolling at a width of %i', async (width) => {
    const page = await stage.signedIn({ width });
    const wide: [string, number][] = [];
    for (const path of PAGES) {
      await stage.shown.visit(path);
      const over = await page.evaluate<number>(OVERHANG);
      if (over > 0) wide.push([path, over]);
    }
    expect(wide).toEqual([]);
    expect(await stage.shown.axe()).toEqual([]);
  });

  it('moves nothing for those who asked for no motion', async () => {
    const page = await stage.signedIn();
    await stage.shown.visit('/messages?send=1');
    await page.getByRole('dialog', { name: '发送测试消息' }).waitFor();
    const running = await page.evaluate<number>(MOVING);
    expect(running).toBe(0);
  });
}
