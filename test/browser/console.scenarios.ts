import { expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import { stage } from './stage.js';

const { name: recallable = '', family = '' } =
  CHANNELS.find(({ recall, addressing }) => recall.supported && addressing.to === 'people') ?? {};

const TO_ZHANGSAN = { recipients: [{ [family]: 'zhangsan' }] };

export function scenarios(): void {
  it('asks for a key, and keeps a wrong one out in words', async () => {
    const { page, complaints } = await stage.open();
    expect(await stage.shown.axe()).toEqual([]);
    await stage.shown.picture('sign-in');
    await stage.shown.signIn('hy_wrong_key_of_nobody_at_all');
    await page.getByText('密钥无效').waitFor();
    // The browser itself reports the 401.
    complaints.splice(0);
    await stage.shown.signIn();
    await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '总览' }).waitFor();
  });

  it('ends the session in every tab', async () => {
    const page = await stage.signedIn();
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByRole('heading', { level: 1, name: '总览' }).waitFor();
    await second.getByRole('button', { name: /用户菜单/ }).click();
    await second.getByText('退出登录').click();
    await page.locator('#key').waitFor();
    expect(await page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])')).not.toContain('hy_');
  });

  it('recalls a sent message after asking, and says what became of it', async () => {
    const template = await stage.system.given.template(recallable);
    const sent = await stage.system.api.sendAndSettle(
      template.message(stage.system.given.text('Recall me'), TO_ZHANGSAN),
    );
    const page = await stage.signedIn();
    await stage.shown.go(`/messages/${String(sent.id)}`);
    await page
      .locator('article header .tag')
      .filter({ hasText: /已发送|已送达|已读/ })
      .first()
      .waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await stage.shown.picture('recall');
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    await page.getByRole('dialog').getByLabel('原因').fill('金额错误，撤回');
    expect(await stage.shown.axe()).toEqual([]);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /撤回 .* 次投递/ })
      .click();
    await page.locator('article header .tag').filter({ hasText: '已撤回' }).first().waitFor();
  });

  it.each(['light', 'dark'] as const)('is accessible on every page, %s', async (theme) => {
    await stage.signedIn({ theme, language: theme === 'light' ? 'zh' : 'en' });
    const pages = [
      '/',
      '/messages',
      '/why',
      '/recalls',
      '/recalls/new',
      '/dead-letters',
      '/queues',
      '/templates',
      '/templates/new',
      '/accounts',
      '/accounts/new',
      '/api-keys',
      '/callers',
      '/webhooks',
      '/rejections',
      '/sandbox',
    ];
    for (const path of pages) {
      await stage.shown.visit(path);
      expect([path, await stage.shown.axe()]).toEqual([path, []]);
    }
  });

  it('shows content as text, whatever is in it', async () => {
    const template = await stage.system.given.template(recallable);
    const text = '<img src=x onerror=alert(1)> \u202eevil';
    const sent = await stage.system.api.sendAndSettle(
      template.message(`${stage.system.given.text('Markup')} ${text}`, TO_ZHANGSAN),
    );
    const page = await stage.signedIn();
    await stage.shown.go(`/messages/${String(sent.id)}?tab=content`);
    await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });
}
