import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { waitFor } from '#libs/testing';
import { channelNamed } from './given.js';
import { System } from './system.js';

const BROWSER = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const CARD = {
  kind: 'template_card',
  card_type: 'button_interaction',
  main_title: { title: '{{text}}' },
  button_selection: {
    question_key: 'handover',
    option_list: [
      { id: 'u1', text: '王磊' },
      { id: 'u2', text: '赵敏' },
    ],
  },
  button_list: [
    { text: '同意', style: 1, key: 'approve' },
    { text: '驳回', style: 2, key: 'reject' },
  ],
};

/** A machine without a browser tells as much as can be told without one; CHROMIUM_PATH names one that is elsewhere. */
describe("the sandbox's inbox", existsSync(BROWSER) ? inBrowser : withoutBrowser);

function withoutBrowser(): void {
  it('has a page whose script is served and presses buttons', async () => {
    const system = await System.start({ backend: 'postgres' });
    const read = async (path: string): Promise<string> => (await fetch(`${system.sandbox.url}${path}`)).text();
    const [, script = ''] = /<script [^>]*src="([^"]+)"/.exec(await read('/')) ?? [];
    expect(await read(script)).toContain('/click');
    await system.close();
  }, 120_000);
}

function inBrowser(): void {
  let system: System;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    system = await System.start({ backend: 'postgres' });
    browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    page = await browser.newPage({ locale: 'en-GB' });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await system.close();
  }, 60_000);

  it('shows a card whose button can be pressed as one of its readers, and the press comes back as a callback', async () => {
    const { api, given, sandbox } = system;
    const template = await given.template('wecom-app', { content: CARD });
    const {
      agentId,
      callbackAesKey: aesKey = '',
      callbackToken: token = '',
    } = channelNamed('wecom-app').sandbox.account;
    const url = `${system.apiUrl}/v1/callbacks/wecom/${template.account}`;
    await sandbox.callBack({ agentId: agentId ?? 0, aesKey, token, url });
    await page.goto(sandbox.url);
    const text = given.text('press');
    const { id } = await api.sendAndSettle(template.message(text, { recipients: ['zhangsan', 'lisi'] }));

    // The page fetches what is new by itself.
    const card = page.locator('article', { hasText: text });
    await card.waitFor({ timeout: 15_000 });
    await card.locator('.presser').selectOption('lisi');
    await card.locator('label.option', { hasText: '赵敏' }).click();
    await card.locator('button[data-key="approve"]').click();
    await card.getByText('lisi pressed approve').waitFor({ timeout: 15_000 });
    expect(await card.locator('.told').textContent()).toBe('');
    expect(page.url()).toBe(`${sandbox.url}/`);

    const clicks = await waitFor(
      async () => {
        const events = await api.list(`/v1/messages/${id}/timeline`);
        const found = events.filter(({ event }) => event === 'card_clicked');
        return found.length > 0 ? found : undefined;
      },
      { what: 'the click in the timeline' },
    );
    expect(clicks).toMatchObject([
      { click: { user: 'lisi', key: 'approve', selections: [{ question: 'handover', options: ['u2'] }] } },
    ]);

    await api.do(`/v1/messages/${id}/card`, { content: { kind: 'button', replace_name: '已同意' } });
    await card.locator('.bubble', { hasText: '已同意' }).waitFor({ timeout: 15_000 });
    expect(complaints).toEqual([]);
  }, 90_000);
}
