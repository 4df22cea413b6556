import { expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import type { JsonValue } from '#libs/core';
import { stage } from './stage.js';

const NOTHING = { data: [], nextCursor: null };

/** As a person writes a recipient: `wecom:zhangsan`. */
const refOf = (recipient: JsonValue): string =>
  Object.entries(recipient as Readonly<Record<string, string>>)
    .map(([type, id]) => `${type}:${id}`)
    .join();

export function scenarios(): void {
  it('shows the three steps while nobody has sent anything', async () => {
    const page = await stage.open().then(({ page: opened }) => opened);
    // The one thing that differs on a system that others have used: whether there is any message.
    await page.route('**/v1/messages?limit=1', (route) => route.fulfill({ json: NOTHING }));
    await stage.shown.signIn();
    const steps = page.locator('.card').filter({ has: page.getByRole('heading', { name: '三步发出第一条消息' }) });
    await steps.getByText('发送测试消息').first().waitFor();
    expect(await steps.getByRole('listitem').count()).toBe(3);
    await steps.getByRole('button', { name: /测试/ }).click();
    await page.getByRole('dialog', { name: '发送测试消息' }).waitFor();
  });

  it.each(CHANNELS.map(({ name, sandbox }) => ({ name, refs: sandbox.recipients.map(refOf) })))(
    'sends a test through $name, which arrives in the sandbox inbox',
    async ({ name, refs: [ref] }) => {
      const { given, sandbox } = stage.system;
      const template = await given.template(name);
      const text = given.text('First message');
      const page = await stage.signedIn();
      await stage.shown.visit(`/?send=${template.code}`);
      const drawer = page.getByRole('dialog', { name: '发送测试消息' });
      if (ref !== undefined) await drawer.getByLabel('收件人').first().fill(`${ref},`);
      await drawer.getByLabel('text').fill(text);
      await drawer.getByRole('button', { name: '发送', exact: true }).click();
      await drawer
        .locator('article header .tag')
        .filter({ hasText: /已发送|已送达|已读/ })
        .first()
        .waitFor();
      expect(await sandbox.inbox(text)).toHaveLength(1);
      await stage.shown.visit(`/sandbox?channel=${name}`);
      await page.getByText(text).first().waitFor();
    },
  );
}
