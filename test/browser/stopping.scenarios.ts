import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { stage } from './stage.js';

const PEOPLE = 'wecom-app';
const GROUP = 'wecom-robot';

const to = (...names: readonly string[]) => ({ recipients: names.map((wecom) => ({ wecom })) });

/** Of one outcome, as the page of a recall shows it. */
const sum = (page: Page, status: string) =>
  page.locator('.groups .group').filter({ hasText: status }).locator('.figure');

export function scenarios(): void {
  it('says why a group keeps its message, and sends a correction instead', async () => {
    const { api, given, sandbox } = stage.system;
    const template = await given.template(GROUP);
    const text = given.text('wrong price');
    const fix = await given.template(GROUP, { content: { kind: 'text', content: 'Please ignore: {{text}}' } });
    const { id } = await api.sendAndSettle(template.message(text));
    const page = await stage.signedIn();
    await stage.shown.go(`/messages/${String(id)}`);
    await page.getByText('没有撤回接口').first().waitFor();
    await page.getByRole('button', { name: '发送更正' }).click();
    await page.getByRole('textbox', { name: '原因（写入审计）' }).fill('价格写错了');
    await page.getByRole('combobox', { name: /发送更正/ }).fill(fix.code);
    await page.getByTitle(`${fix.code} (${fix.code})`).click();
    await page.getByRole('textbox', { name: '更正的参数 text' }).fill(text);
    await page.getByRole('button', { name: '预演' }).click();
    await page.locator('#kill-typed').fill('0');
    await page.getByRole('button', { name: /停止并撤回/ }).click();
    await page.getByText('更正：已发 1').waitFor();
    await sandbox.only(`Please ignore: ${text}`);
  });

  it('stops what a template sends: previewed, stale, confirmed, reported', async () => {
    const { api, given } = stage.system;
    const account = await given.account(PEOPLE);
    const group = await given.account(GROUP);
    const content = { kind: 'text', content: '{{text}}' };
    const routes = [
      { channel: PEOPLE, account, content },
      { channel: GROUP, account: group, content },
    ];
    const code = await given.saved({ routes, strategy: 'all' });
    const message = (more: object = {}) => ({
      template: code,
      params: { text: given.text('stop') },
      ...to('zhangsan'),
      ...more,
    });
    for (let sent = 0; sent < 3; sent += 1) await api.sendAndSettle(message());
    await api.send(message({ delaySeconds: 3_600 }));
    const page = await stage.signedIn();
    await stage.shown.go(`/recalls/new?template=${code}`);
    await page.getByRole('textbox', { name: '原因（写入审计）' }).fill('金额错误，财务要求撤回');
    await page.getByRole('button', { name: '预演', exact: true }).click();
    await page.getByText('命中 4 条消息').waitFor();
    expect(await page.locator('.groups .figure').allTextContents()).toEqual(['2', '3', '3', '0']);
    expect(await stage.shown.axe()).toEqual([]);
    await stage.shown.picture('stop', 1100);

    await api.sendAndSettle(message());
    const run = page.getByRole('button', { name: /停止并撤回/ });
    expect(await run.isDisabled()).toBe(true);
    await page.locator('#kill-typed').fill(code);
    await run.click();
    // The browser itself reports the 409.
    await page.getByText('现在是 5 条消息（预演时 4 条）').waitFor();
    stage.shown.complaints.splice(0);
    expect(await page.locator('#kill-typed').inputValue()).toBe('');
    expect(await api.read(`/v1/templates/${code}`)).toMatchObject({ enabled: false });
    expect(await page.locator('.groups .figure').allTextContents()).toEqual(['2', '4', '4', '0']);
    await page.locator('#kill-typed').fill(code);
    await run.click();

    await page.getByRole('heading', { level: 1, name: '撤回' }).waitFor();
    await page.locator('.tag').filter({ hasText: '已完成' }).first().waitFor();
    expect(await sum(page, '已取消').textContent()).toBe('2');
    expect(await sum(page, '已撤回').textContent()).toBe('4');
    expect(await sum(page, '失败').textContent()).toBe('4');
    await page.getByText('共 10 条').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 CSV' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(11);
    expect(lines.filter((line) => line.includes(',recalled,'))).toHaveLength(4);
    await page.getByRole('button', { name: '失败', pressed: false }).click();
    await page.getByText('共 4 条').waitFor();
    const entries = await api.list('/v1/audit-log?action=message.recall');
    expect(entries[0]).toMatchObject({ object: `recall:${page.url().split('/').at(-1)?.split('?')[0] ?? ''}` });
  });
}
