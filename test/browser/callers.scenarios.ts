import { expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { CHANNELS } from '#libs/channels';
import { WebhookReceiver } from '../e2e/webhook-receiver.js';
import { stage } from './stage.js';

const { family = '' } = CHANNELS[0] ?? {};

export function scenarios(): void {
  it('adds a webhook, shows its secret once, tests it, and sends again what failed', async () => {
    const receiver = await WebhookReceiver.start();
    try {
      const name = stage.system.given.code('ERP');
      const page = await stage.signedIn();
      await stage.shown.visit('/webhooks');
      await page.getByRole('button', { name: '添加回调' }).click();
      const form = page.getByRole('dialog', { name: '添加回调' });
      await form.getByLabel('名称').fill(name);
      await form.getByLabel('地址').fill('nowhere');
      await form.getByRole('button', { name: '保存' }).click();
      await form.locator('.ant-form-item-explain-error').first().waitFor();
      expect(await stage.shown.axe()).toEqual([]);
      stage.shown.expects(/422/);
      await form.getByLabel('地址').fill(receiver.url);
      await form.getByRole('button', { name: '保存' }).click();
      const shown = page.getByRole('dialog', { name: '签名密钥' });
      const secret = (await shown.locator('pre').textContent()) ?? '';
      expect(secret).toMatch(/^whsec_/);
      await shown.getByRole('checkbox').check();
      await shown.getByRole('button', { name: '关闭' }).click();
      await page.getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      receiver.answerWith(500);
      await page.getByRole('button', { name: '发送测试事件' }).click();
      const [event] = await receiver.received('webhook.test');
      if (!event) throw new Error('No test event came');
      expect(() => new Webhook(secret).verify(event.text, event.headers as Record<string, string>)).not.toThrow();
      const row = page.getByRole('table', { name: '投递记录' }).getByRole('row').filter({ hasText: '测试事件' });
      await row.getByText('失败').waitFor();
      await row.getByRole('button').first().click();
      const drawer = page.getByRole('dialog', { name: '事件内容' });
      await drawer.getByText('answered 500').waitFor();
      expect(await stage.shown.axe()).toEqual([]);
      await stage.shown.picture('webhooks');
      receiver.answerWith(204);
      await drawer.getByRole('button', { name: '重发' }).click();
      await receiver.received('webhook.test', 2);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '轮换密钥' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '轮换密钥' }).click();
      await page.getByRole('dialog', { name: '签名密钥' }).getByText('whsec_').waitFor();
      expect(await page.content()).not.toContain(secret);
    } finally {
      await receiver.close();
    }
  });

  it('adds a caller and a key that is limited, and the key is held to its limits', async () => {
    const { given, api } = stage.system;
    const code = given.code('shop');
    const page = await stage.signedIn();
    await stage.shown.visit('/callers');
    await page.getByRole('button', { name: '添加调用方' }).click();
    const caller = page.getByRole('dialog', { name: '添加调用方' });
    await caller.getByLabel('名称').fill('网店');
    await caller.getByLabel('代码').fill(code);
    await caller.getByRole('button', { name: '保存' }).click();
    await page.getByRole('row').filter({ hasText: code }).waitFor();
    await stage.shown.visit('/api-keys');
    await page.getByRole('button', { name: '新建密钥' }).click();
    const dialog = page.getByRole('dialog', { name: '新建密钥' });
    await dialog.getByLabel('名称').fill(code);
    await dialog.getByLabel('调用方').fill(code);
    await page.keyboard.press('Enter');
    await dialog.getByLabel('权限', { exact: true }).press('Backspace');
    await dialog.getByRole('button', { name: '创建' }).click();
    const shown = page.getByRole('dialog', { name: '新的密钥' });
    const key = (await shown.locator('pre').textContent()) ?? '';
    expect(await stage.shown.axe()).toEqual([]);
    const { scopes, expiresAt } = await api.as(key).read('/v1/me');
    expect([scopes.length, expiresAt === null]).toEqual([4, false]);
  });

  it('shows which requests of a caller were refused, and why', async () => {
    const { given, api } = stage.system;
    const caller = await given.caller();
    const key = await given.key({ caller });
    await key.post('/v1/messages', { template: 'there-is-none', recipients: [{ [family]: 'zhangsan' }] });
    const page = await stage.signedIn();
    await stage.shown.visit(`/rejections?caller=${caller}`);
    await page.getByRole('row').filter({ hasText: 'there-is-none' }).getByRole('button').first().click();
    await page.getByRole('dialog').getByText('把请求 ID 交给调用方').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    expect(await api.list(`/v1/rejections?caller=${caller}`)).toHaveLength(1);
  });

  it('changes a person by hand, and binds and unbinds identities', async () => {
    const user = stage.system.given.code('E');
    const page = await stage.signedIn();
    await stage.shown.visit(`/directory?q=${user}`);
    await page.getByRole('button', { name: '添加人员' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('工号').fill(user);
    await form.getByLabel('姓名').fill('赵六');
    await form.getByRole('button', { name: '绑定身份' }).click();
    await form.getByLabel('平台', { exact: true }).press('Enter');
    await page.keyboard.press('Enter');
    await form.getByLabel('平台上的 ID').fill(`${user}-there`);
    expect(await stage.shown.axe()).toEqual([]);
    await form.getByRole('button', { name: '保存' }).click();
    const row = page.getByRole('row').filter({ hasText: user });
    await row.getByText(`${user}-there`).waitFor();
    await row.getByRole('button', { name: '编辑' }).click();
    await form.getByRole('button', { name: '删除第 1 项' }).click();
    await form.getByRole('button', { name: '保存' }).click();
    await row.getByText(`${user}-there`).waitFor({ state: 'detached' });
    await row.getByRole('button', { name: '删除' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
    await row.waitFor({ state: 'detached' });
    expect((await stage.system.api.get(`/v1/people/${user}`)).status).toBe(404);
  });
}
