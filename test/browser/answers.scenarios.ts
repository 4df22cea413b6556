import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CHANNELS } from '#libs/channels';
import { stage } from './stage.js';

const channel = CHANNELS.find(({ recall, addressing }) => recall.supported && addressing.to === 'people');
const { name: channelName = '', family = '' } = channel ?? {};

const stationsOf = (page: Page): Promise<number> => page.locator('.station').count();

const DAY_MS = 86_400_000;

/** As the vendor calls them: those whose names begin with `ghost` it does not know. */
const people = (name: string, count: number): Record<string, string>[] =>
  Array.from({ length: count }, (_, index) => ({ [family]: `${name}-${index}` }));

export function scenarios(): void {
  it('draws the statistics of what was sent', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channelName);
    const known = people('guest', 30);
    await stage.system.sandbox.addPeople({ ids: known.map((person) => person[family] ?? '') });
    const dayAgo = new Date(Date.now() - DAY_MS).toISOString();
    const { recipients: before } = await api.read(`/v1/stats/summary?createdAfter=${dayAgo}`);
    for (const recipients of [known, people('ghost', 10)]) {
      await api.sendAndSettle(template.message(given.text('figures'), { recipients }));
    }
    const page = await stage.signedIn();
    await page.getByRole('img', { name: `共 ${String(before + 40)} 人次` }).waitFor();
    await page.getByRole('img', { name: /p50 \d/ }).waitFor();
    const ranking = page.getByRole('table', { name: '失败与未发原因' });
    await ranking.locator('a[href*="reason=recipient_unknown"]').waitFor();
    const rates = page.locator('.card').filter({ has: page.getByRole('heading', { name: '成功率' }) });
    await rates.getByText('模板', { exact: true }).click();
    const row = page.getByRole('table', { name: '成功率' }).getByRole('row').filter({ hasText: template.code });
    await row.getByText('75.0 %').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await stage.shown.picture('overview', 1150);
  });

  it('shows the lines of a paused queue, and who paused it', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channelName);
    const page = await stage.signedIn();
    await stage.shown.go('/queues');
    const label = channel?.label.zh ?? '';
    const row = page.getByRole('row').filter({ hasText: label });
    await row.getByRole('button', { name: '暂停' }).click();
    await page.getByRole('dialog').getByLabel('原因').fill('平台维护');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `暂停“${label}”` })
      .click();
    await row.getByText('平台维护').first().waitFor();
    const { id } = await api.send(template.message(given.text('held'), { recipients: [{ [family]: 'zhangsan' }] }));
    const line = page
      .getByRole('table', { name: '账号与优先级' })
      .getByRole('row')
      .filter({ hasText: template.account });
    await line.getByText('通道已暂停').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await stage.shown.picture('queues');
    await row.first().getByRole('button', { name: '恢复' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `恢复“${label}”` })
      .click();
    expect((await api.settled(id)).status).toBe('sent');
  });

  it('explains why somebody got nothing, and sends anyway when asked to', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channelName, { dedupe: { content: { windowSeconds: 3600, limit: 1 } } });
    const body = template.message(given.text('once'), { recipients: [{ [family]: 'wangwu' }] });
    await api.sendAndSettle(body);
    const { id } = await api.sendAndSettle(body);
    const page = await stage.signedIn();
    await page.locator('#find').fill('wangwu');
    await page.keyboard.press('Enter');
    await page.locator('.verdict').getByText('未发送').waitFor();
    expect(await stationsOf(page)).toBe(12);
    expect(await stage.shown.axe()).toEqual([]);
    await stage.shown.picture('why', 800);
    await page.locator('.verdict').getByRole('button', { name: '仍然发送' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /重新发送给 1 人/ })
      .click();
    await page.getByText('已重新排入发送').waitFor();
    expect((await api.settled(id)).status).toBe('sent');
  });

  it('groups the people of a message by fate, and gives the list as a file', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channelName);
    const recipients = ['zhangsan', 'lisi', 'ghost01', 'ghost02'].map((id) => ({ [family]: id }));
    const { id } = await api.sendAndSettle(template.message(given.text('fates'), { recipients }));
    const page = await stage.signedIn();
    await stage.shown.go(`/messages/${String(id)}`);
    await page.locator('.group').filter({ hasText: '收件人无效' }).getByRole('button').first().click();
    await page.getByText('共 2 条').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await stage.shown.picture('message');
    await stage.shown.go(`/messages?template=${template.code}&status=partial,sent`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  });

  it('sends what waits for its time at once', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channelName);
    const later = template.message(given.text('later'), { recipients: [{ [family]: 'zhangsan' }], delaySeconds: 3600 });
    const { id } = await api.send(later);
    const page = await stage.signedIn();
    await stage.shown.go(`/messages/${String(id)}`);
    await page.getByRole('button', { name: '立即发送' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: '立即发送' }).click();
    await page.locator('article header .tag').filter({ hasText: '已发送' }).first().waitFor();
  });

  it('checks a table before it sends it', async () => {
    const { given } = stage.system;
    const template = await given.template(channelName);
    const mark = given.text('imported');
    const page = await stage.signedIn();
    await stage.shown.go('/imports/new');
    const buffer = Buffer.from(`${family},text\nzhangsan,${mark}\nlisi,${mark}\nlisi,\n`);
    await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer });
    await page.locator('#import-template').fill(template.code);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '检查文件' }).click();
    await page.getByRole('button', { name: '开始发送…' }).click();
    await stage.shown.picture('import');
    await page.getByRole('dialog').getByRole('button', { name: '发送给 2 人' }).click();
    await page.getByText('已发送 2 人').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
  });

  it('shows what a table of people would change before it is written, and who did it', async () => {
    const page = await stage.signedIn();
    await stage.shown.go('/directory');
    await page.getByRole('button', { name: '导入人员…' }).click();
    const buffer = Buffer.from(
      `user,name,mobile,${family}\nE1,李雷,13800000001,lilei\nE2,韩梅梅,13800000002,hanmeimei\n`,
    );
    await page.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer });
    await page.getByText('新增 2：E1, E2').waitFor();
    await page.getByRole('button', { name: '写入 2 人' }).click();
    await page.getByRole('cell', { name: '李雷', exact: true }).waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await stage.shown.picture('directory');
    await stage.shown.go('/audit?action=people.import');
    await page.getByRole('button', { name: 'people.import' }).first().click();
    await page.getByRole('dialog').getByText('"added": 2').waitFor();
  });

  it('is accessible on the pages of figures and files in the dark', async () => {
    await stage.signedIn({ theme: 'dark', language: 'en' });
    const pages = ['/', '/why?ref=user:wangwu', '/imports', '/imports/new', '/directory?tab=syncs', '/audit'];
    for (const path of pages) {
      await stage.shown.visit(path);
      expect([path, await stage.shown.axe()]).toEqual([path, []]);
    }
  });
}
