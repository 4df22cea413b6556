import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { stage } from './stage.js';

const CHANNEL = 'wecom-app';

const people = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ wecom: `${prefix}${String(index + 1).padStart(4, '0')}` }));

const group = (page: Page, text: string) => page.locator('.group').filter({ hasText: text });

/** A message whose only attempt was taken without an answer, and that waits for a person. */
async function held(): Promise<string> {
  const { api, given, sandbox } = stage.system;
  const template = await given.template(CHANNEL, { onAmbiguous: 'hold' });
  await sandbox.fault({ type: 'reset', when: 'after' }, { endpoint: 'message/send' }, 1);
  const body = template.message(given.text('held'), { recipients: [{ wecom: 'zhangsan' }] });
  const message = await api.sendAndSettle(body);
  expect(message).toMatchObject({ status: 'unknown' });
  return String(message.id);
}

export function scenarios(): void {
  it('shows a partial result in groups, each with what can be done about it', async () => {
    const { api, given } = stage.system;
    const template = await given.template(CHANNEL, { dedupe: { content: { windowSeconds: 3_600, limit: 1 } } });
    const text = given.text('partial');
    await api.sendAndSettle(template.message(text, { recipients: people('u', 12) }));
    const recipients = [...people('u', 80), ...people('ghost-', 7)];
    const { id } = await api.sendAndSettle(template.message(text, { recipients }));
    const page = await stage.signedIn();
    await stage.shown.go(`/messages/${String(id)}`);
    await group(page, '已发送').locator('.figure').getByText('68', { exact: true }).waitFor();
    await group(page, '按规则未发').locator('.figure').getByText('12', { exact: true }).waitFor();
    await group(page, '收件人无效').locator('.figure').getByText('7', { exact: true }).waitFor();
    await page.locator('.message-sentence').getByText('68').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await group(page, '收件人无效').getByRole('button').first().click();
    await page.getByText('共 7 条').waitFor();
    await group(page, '按规则未发').getByRole('button', { name: '仍然发送' }).click();
    await page.getByRole('dialog').getByText('12 人').first().waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '重新发送给 12 人' }).click();
    await group(page, '已发送').locator('.figure').getByText('80', { exact: true }).waitFor();
    await group(page, '收件人无效').locator('.figure').getByText('7', { exact: true }).waitFor();
  });

  it('asks a person about an unknown outcome, and does nothing before', async () => {
    const { api } = stage.system;
    const [again, sent, given] = [await held(), await held(), await held()];
    const page = await stage.signedIn();
    await stage.shown.go('/dead-letters?tab=unknown');
    const row = (id: string) => page.getByRole('row').filter({ has: page.locator(`a[href$="${id}"]`) });
    await row(again).getByText('可让平台去重').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await row(again).getByRole('button', { name: '重发' }).click();
    await page.getByRole('dialog').getByText('可能让他们收到两次').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    expect(await api.message(again)).toMatchObject({ status: 'unknown' });
    for (const [id, open, verb] of [
      [again, '重发', /重发给 1 人/],
      [sent, '标记为已发送', /标记 1 人/],
      [given, '放弃', /放弃 1 人/],
    ] as const) {
      await row(id).getByRole('button', { name: open }).click();
      await page.getByRole('dialog').getByLabel('原因').fill('问过本人');
      await page.getByRole('dialog').getByRole('button', { name: verb }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(await api.settled(again)).toMatchObject({ status: 'sent' });
    expect(await api.message(sent)).toMatchObject({ status: 'sent' });
    expect(await api.message(given)).toMatchObject({ status: 'failed' });
  });

  it('sends dead letters of one cause again at a pace, and shows how far it is', async () => {
    const { api, given, sandbox } = stage.system;
    const template = await given.template(CHANNEL);
    const code = { type: 'errcode', code: 40058 };
    const fault = await sandbox.fault(code, { endpoint: 'message/send' });
    const ids: string[] = [];
    for (let no = 0; no < 3; no += 1) {
      const body = template.message(given.text('dead'), { recipients: [{ wecom: 'lisi' }] });
      ids.push(String((await api.sendAndSettle(body)).id));
    }
    expect(await api.message(ids[0] ?? '')).toMatchObject({ status: 'failed' });
    expect(fault).not.toBe('');
    await sandbox.clearFaults();
    const page = await stage.signedIn();
    await stage.shown.go(`/dead-letters?template=${template.code}`);
    const cause = page.getByRole('region', { name: '按原因' }).locator('.group');
    await cause.locator('.figure').getByText('3', { exact: true }).waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    await cause.getByRole('button', { name: /重新发送/ }).click();
    await page.getByRole('dialog').getByRole('spinbutton').fill('6000');
    await page.getByRole('dialog').getByRole('button', { name: /3/ }).click();
    await page.getByRole('row').filter({ hasText: '已完成' }).first().waitFor();
    await api.allSettled(ids);
    expect(await api.message(ids[0] ?? '')).toMatchObject({ status: 'sent' });
  });
}
