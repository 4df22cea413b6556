import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CHANNELS } from '#libs/channels';
import { xlsxFile } from '../e2e/xlsx-file.js';
import { stage } from './stage.js';

const { name: channel = '', family = '' } =
  CHANNELS.find(({ recall, addressing }) => recall.supported && addressing.to === 'people') ?? {};
const PEOPLE = 300;
/** 姓名 in GB18030, which no UTF-8 reader takes. */
const GB_NAME = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]);

const rowsOf = (text: string): string[][] =>
  Array.from({ length: PEOPLE }, (_, index) => [`imported-${index}`, `${text} ${index}`]);

async function checked(
  page: Page,
  template: string,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await stage.shown.visit('/imports/new');
  await page.locator('input[type=file]').setInputFiles(file);
  await page.locator('#import-template').fill(template);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '检查文件' }).click();
  await page.getByRole('button', { name: '开始发送…' }).waitFor();
}

export function scenarios(): void {
  it('reads a table in GB18030, names its faulty lines, and goes on after a reload and a restart of the API', async () => {
    const { given, sandbox } = stage.system;
    await sandbox.addPeople({ ids: rowsOf('').map(([id = '']) => id) });
    const template = await given.template(channel);
    const lines = rowsOf(given.text('csv')).map(([id, text]) => `${id},${text},x`);
    const head = Buffer.concat([Buffer.from(`${family},text,`), GB_NAME]);
    const buffer = Buffer.concat([head, Buffer.from(`\n${lines.join('\n')}\n,nobody,x\n`)]);
    const page = await stage.signedIn();
    await checked(page, template.code, { name: 'people.csv', mimeType: 'text/csv', buffer });
    await page
      .getByText(/GB18030/i)
      .first()
      .waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载全部错误' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    await page.getByRole('button', { name: '开始发送…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `发送给 ${PEOPLE} 人` })
      .click();
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
    await page.reload();
    await page.getByRole('region', { name: '检查结果' }).waitFor();
    await stage.system.withoutApi(async () => {
      await page
        .getByText('连不上服务')
        .or(page.getByText(`已发送 ${PEOPLE} 人`))
        .first()
        .waitFor();
    });
    await page.getByText(`已发送 ${PEOPLE} 人`).waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    stage.shown.complaints.splice(0);
  });

  it('reads a workbook', async () => {
    const template = await stage.system.given.template(channel);
    const buffer = xlsxFile([[family, 'text'], ...rowsOf(stage.system.given.text('xlsx'))]);
    const page = await stage.signedIn();
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await checked(page, template.code, { name: 'people.xlsx', mimeType, buffer });
    await page.getByRole('button', { name: '开始发送…' }).click();
    await page.getByRole('dialog').getByText(`${PEOPLE} 人`).first().waitFor();
  });
}
