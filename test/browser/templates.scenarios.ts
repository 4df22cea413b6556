import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { stage } from './stage.js';

const CHANNEL = 'wecom-app';
const SPELLED = 'nin hao';

/** A published card with a variable that may become too long. */
async function publishedCard(): Promise<string> {
  const account = await stage.system.given.account(CHANNEL);
  const content = {
    kind: 'textcard',
    title: 'Order {{orderId}}',
    description: 'Paid: {{note}}',
    url: 'https://a.example',
  };
  const variables = [
    { name: 'orderId', example: 'A1' },
    { name: 'note', example: '120.00' },
  ];
  return stage.system.given.saved({ routes: [{ channel: CHANNEL, account, content }], variables });
}

/** As an input method does it: letters that are not the text yet, then the text. */
async function compose(page: Page, letters: string, text: string, meanwhile: () => Promise<void>): Promise<void> {
  const tools = await page.context().newCDPSession(page);
  for (let end = 1; end <= letters.length; end += 1) {
    const spelled = { text: letters.slice(0, end), selectionStart: end, selectionEnd: end };
    await tools.send('Input.imeSetComposition', spelled);
  }
  await meanwhile();
  await tools.send('Input.insertText', { text });
}

const problems = (page: Page) => page.getByRole('region', { name: '问题' });

export function scenarios(): void {
  it('shows faults while a template is written in Chinese, publishes without them, and keeps what was accepted', async () => {
    const { api, given, sandbox } = stage.system;
    const code = await publishedCard();
    const orderId = given.text('order');
    const waiting = await api.send({
      template: code,
      recipients: [{ wecom: 'zhangsan' }],
      params: { orderId, note: '1' },
      delaySeconds: 3_600,
    });
    const page = await stage.signedIn();
    await stage.shown.go(`/templates/${code}`);
    await page.locator('aside figure.look').getByText('Paid: 120.00').waitFor();
    await problems(page).getByText('没有发现问题').waitFor();

    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/templates/preview')) asked.push(request.postData() ?? '');
    });
    await page.getByRole('textbox', { name: '描述' }).click();
    await page.keyboard.press('End');
    await compose(page, SPELLED, '您好', async () => {
      // What is being spelled counts at once, and is nobody's text yet.
      expect(await page.getByRole('textbox', { name: '描述' }).inputValue()).toContain(SPELLED);
    });
    await page.locator('aside figure.look').getByText('您好').waitFor();
    expect(asked.filter((body) => body.includes(SPELLED))).toEqual([]);

    await page.getByRole('textbox', { name: '标题' }).fill('Order {{orderId}} of {{who}}');
    await problems(page).getByText('变量 who 没有声明').waitFor();
    await page.getByRole('button', { name: '声明 who' }).click();
    await page.getByRole('textbox', { name: 'who 的样例' }).fill('老张');
    await page.locator('aside figure.look').getByText('Order A1 of 老张').first().waitFor();

    await page.getByRole('combobox', { name: '样例', exact: true }).click();
    await page.getByTitle('最长').click();
    await page.locator('aside').getByRole('textbox', { name: 'note' }).fill('汉'.repeat(200));
    await problems(page).locator('.danger-text').getByText('最长').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await page.getByRole('textbox', { name: '标题' }).scrollIntoViewIfNeeded();
    await stage.shown.picture('template', 1000);

    await page.keyboard.press('Control+s');
    await page.getByText('已保存为新的草稿版本').waitFor();
    const publish = page.getByRole('button', { name: '发布 v2' });
    await problems(page).locator('.danger-text').getByText('最长').waitFor();
    expect(await publish.isDisabled()).toBe(true);
    await page.getByRole('combobox', { name: '样例', exact: true }).click();
    await page.getByTitle('最长').click();
    await page.locator('aside').getByRole('textbox', { name: 'note' }).fill('一点');
    await problems(page).locator('.danger-text').first().waitFor({ state: 'detached' });

    await publish.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('row').filter({ hasText: 'routes.1.content.description' }).getByText('您好').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await dialog.getByRole('button', { name: /发布/ }).click();
    await page.getByText('已发布 v2').waitFor();

    await api.do(`/v1/messages/${String(waiting.id)}/send-now`);
    await api.settled(String(waiting.id));
    expect(JSON.stringify(await sandbox.only(orderId))).not.toContain('您好');
  });

  it('compares any two versions, and goes back to an older one', async () => {
    const code = await publishedCard();
    const { api } = stage.system;
    const body = await api.read(`/v1/templates/${code}`);
    const [route] = body.routes;
    const routes = [{ ...route, content: { ...route.content, title: 'Bill {{orderId}}' } }];
    const { name, variables } = body;
    await api.put(`/v1/templates/${code}`, { code, name, variables, routes });
    await api.do(`/v1/templates/${code}/versions/2/publish`);
    const page = await stage.signedIn({ language: 'en', theme: 'dark' });
    await stage.shown.go(`/templates/${code}?tab=versions&compare=1..2`);
    const row = page.getByRole('row').filter({ hasText: 'routes.1.content.title' });
    await row.locator('del').getByText('Order').waitFor();
    await row.locator('ins').getByText('Bill').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await page.getByRole('button', { name: 'Roll back to v1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish v1' }).click();
    await page.getByText('Published v1').waitFor();
    expect(await api.read(`/v1/templates/${code}`)).toMatchObject({ publishedVersion: 1 });
  });

  it('sets a route beside another one, with a pool, mentions and the rules of the template', async () => {
    const { api, given } = stage.system;
    const [first, second] = [await given.account('dingtalk-robot'), await given.account('dingtalk-robot')];
    const account = await given.account(CHANNEL);
    const code = given.code('edited');
    const text = (channel: string) => ({
      channel,
      account: channel === CHANNEL ? account : first,
      content: { kind: 'text', content: 'Hi' },
    });
    await api.do('/v1/templates', { code, name: code, routes: [text(CHANNEL), text('dingtalk-robot')] });
    const page = await stage.signedIn();
    await stage.shown.go(`/templates/${code}?route=2`);
    await page.getByRole('combobox', { name: /账号/ }).fill(second);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: '提及' }).fill('@all');
    await page.keyboard.press('Enter');
    for (const name of ['换路由', '免打扰时段', '频次限制']) await page.getByRole('switch', { name }).click();
    await page.getByRole('checkbox', { name: '到不了本人' }).check();
    await page.locator('#quietHours_from').fill('22:00');
    await page.locator('#quietHours_to').fill('08:00');
    await page.locator('#dedupe_frequency_limit').fill('5');
    await page.locator('#dedupe_frequency_windowSeconds').fill('86400');
    await page.getByRole('switch', { name: '并排' }).click();
    expect(await page.locator('.routes-beside > fieldset').count()).toBe(2);
    await page.locator('aside figure.look').getByText('@all').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('已保存为新的草稿版本').waitFor();
    expect(await api.read(`/v1/templates/${code}`)).toMatchObject({
      version: 2,
      routes: [{ account }, { accounts: [first, second], options: { mentions: [{ all: true }] } }],
      fallback: { on: ['unreachable'] },
      quietHours: { from: '22:00', to: '08:00' },
      dedupe: { frequency: { limit: 5, windowSeconds: 86_400 } },
    });
  });
}
