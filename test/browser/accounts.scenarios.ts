import { expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { CHANNELS, familyOf, fieldsOf, type ChannelDefinition } from '#libs/channels';
import { stage } from './stage.js';

const titleOf = ({ family, label }: ChannelDefinition): string => `${familyOf(family).label.zh} · ${label.zh}`;

const configOf = ({ sandbox }: ChannelDefinition): readonly (readonly [string, string])[] =>
  Object.entries(sandbox.account as object).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
  );

/** What the page's own script would use; there is no DOM among the types here. */
interface PageScope {
  readonly DataTransfer: new () => { setData(type: string, text: string): void };
  readonly ClipboardEvent: new (type: string, options: object) => unknown;
}

/** As a clipboard does it. */
const paste = (field: Locator, text: string): Promise<void> =>
  field.evaluate((element, pasted) => {
    const { ClipboardEvent, DataTransfer } = globalThis as unknown as PageScope;
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', pasted);
    const target = element as unknown as { dispatchEvent(event: unknown): void };
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

async function begin(page: Page, channel: ChannelDefinition, code: string): Promise<void> {
  await stage.shown.go('/accounts/new');
  await page.getByRole('combobox', { name: '通道' }).click();
  await page.getByTitle(titleOf(channel)).click();
  await page.getByRole('textbox', { name: '名称' }).fill(code);
  await page.getByRole('textbox', { name: '代码' }).fill(code);
}

export function scenarios(): void {
  it.each(CHANNELS.map((channel) => [channel.name, channel] as const))(
    'adds an account of %s by a form of its metadata, and keeps its secrets',
    async (_name, channel) => {
      const code = stage.system.given.code('form');
      const secrets = new Set(fieldsOf(channel.account).flatMap(({ name, secret }) => (secret ? [name] : [])));
      const page = await stage.signedIn();
      const answers: string[] = [];
      page.on('response', (response) => {
        if (response.url().includes('/v1/accounts'))
          void response.text().then(
            (text) => answers.push(text),
            () => undefined,
          );
      });
      await begin(page, channel, code);
      await page.getByRole('button', { name: /添加|保存/ }).click();
      await page.getByText('必填').first().waitFor();
      for (const [name, value] of configOf(channel)) {
        const field = page.locator(`#config_${name}`);
        // Whoever pastes a whole address means the key in it.
        if (secrets.has(name)) await paste(field, `https://robot.example/send?key=${encodeURIComponent(value)}`);
        else await field.fill(value);
        expect(await field.inputValue()).toBe(value);
      }
      expect(await stage.shown.axe()).toEqual([]);
      await page.getByRole('button', { name: /添加|保存/ }).click();
      await page.getByRole('heading', { level: 1, name: code }).waitFor();
      if (channel.checkAccount) {
        await page.getByRole('dialog').getByText('✓').first().waitFor();
        await page.keyboard.press('Escape');
      }
      await page.getByRole('tab', { name: '配置' }).click();
      await page.locator('#code').waitFor();
      const values = configOf(channel).flatMap(([name, value]) => (secrets.has(name) ? [value] : []));
      const shown = `${await page.content()} ${answers.join(' ')}`;
      for (const value of values) expect(shown).not.toContain(value);
    },
  );

  it('puts what the server refuses at its field, and changes one thing only', async () => {
    const [channel] = CHANNELS;
    if (!channel) throw new Error('There are no channels');
    const { api, given } = stage.system;
    const code = await given.account(channel.name);
    const before = await api.read(`/v1/accounts/${code}`);
    const page = await stage.signedIn({ language: 'en', theme: 'dark' });
    await stage.shown.go(`/accounts/${code}?tab=config`);
    await page.getByRole('button', { name: /Advanced/ }).click();
    await page.getByRole('textbox', { name: 'Egress proxy' }).fill('ftp://nobody');
    await page.getByRole('button', { name: /Save/ }).click();
    await page
      .locator('.ant-form-item')
      .filter({ hasText: 'Egress proxy' })
      .locator('.ant-form-item-explain-error')
      .waitFor();
    // The browser itself reports the 422.
    stage.shown.complaints.splice(0);
    expect(await stage.shown.axe()).toEqual([]);
    await page.getByRole('textbox', { name: 'Egress proxy' }).fill('');
    await page.locator('#name').fill('Renamed');
    await page.getByRole('button', { name: /Save/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Renamed' }).waitFor();
    expect((await api.read(`/v1/accounts/${code}`)).config).toEqual(before.config);
  });
}
