import { expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import { PRESETS } from '#libs/security';
import { stage } from './stage.js';

const { name: channel = '', family = '' } =
  CHANNELS.find(({ recall, addressing }) => recall.supported && addressing.to === 'people') ?? {};

const keyOf = async (preset: keyof typeof PRESETS, more: object = {}): Promise<string> => {
  const { given } = stage.system;
  return (await given.newKey({ preset, caller: await given.caller(), ...more })).key;
};

export function scenarios(): void {
  it('shows each key the pages that it may read, and says what is missing of the others', async () => {
    const page = await stage.signedIn({ key: await keyOf('viewer') });
    const navigation = page.getByRole('navigation');
    await navigation.getByText('消息', { exact: true }).waitFor();
    await navigation.getByText('回调', { exact: true }).waitFor();
    expect(await navigation.getByText('API 密钥').count()).toBe(0);
    await stage.shown.visit('/api-keys');
    await page.getByText('没有权限：需要 keys:write').waitFor();
    expect(await stage.shown.axe()).toEqual([]);
  });

  it('leaves actions in sight that a key may not do, barred and with the scope that is missing', async () => {
    const page = await stage.signedIn({ key: await keyOf('viewer') });
    await stage.shown.visit('/queues');
    const pause = page.getByRole('button', { name: '暂停' }).first();
    await pause.focus();
    expect(await pause.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('没有权限：需要 queues:write').first().waitFor();
    await pause.press('Enter');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('shows a business system its own messages only', async () => {
    const { api, given } = stage.system;
    const template = await given.template(channel);
    const to = { recipients: [{ [family]: 'zhangsan' }] };
    const mine = await given.newKey({ preset: 'caller', caller: await given.caller() });
    const own = await api.as(mine.key).send(template.message(given.text('own'), to));
    const foreign = await api.send(template.message(given.text('foreign'), to));
    const page = await stage.signedIn({ key: mine.key });
    await stage.shown.visit('/messages');
    await page.getByText('只显示本密钥').waitFor();
    await page.locator(`a[href$="${String(own.id)}"]`).waitFor();
    expect(await page.locator('tr[data-row]').count()).toBe(1);
    await stage.shown.visit(`/messages/${String(foreign.id)}`);
    await page.getByText('找不到这条消息').waitFor();
    stage.shown.expects(/404/);
  });

  it('takes a right away from a page that is open when a refusal says so', async () => {
    const page = await stage.signedIn({ key: await keyOf('operator') });
    await stage.shown.visit('/queues');
    const me = { keyName: 'narrowed', caller: 'x', preset: 'viewer', scopes: PRESETS.viewer };
    await page.route('**/v1/me', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ json: { ...((await answer.json()) as object), ...me } });
    });
    await page.route('**/v1/queues/*/pause', (route) =>
      route.fulfill({ status: 403, json: { code: 'forbidden', detail: 'This key may not do that', status: 403 } }),
    );
    await page.getByRole('button', { name: '暂停' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('原因').fill('平台维护');
    await dialog.getByRole('button', { name: /^暂停/ }).click();
    await dialog.getByText('This key may not do that').waitFor();
    await page.locator('button[aria-disabled="true"]').first().waitFor();
    stage.shown.expects(/403/);
  });

  it('masks mobiles until somebody asks for one', async () => {
    const user = stage.system.given.code('masked');
    await stage.system.api.do('/v1/people', { user, name: 'Masked', mobile: '13900002200' });
    const page = await stage.signedIn();
    await stage.shown.visit(`/directory?q=${user}`);
    const row = page.getByRole('row').filter({ hasText: user });
    await row.getByText('139****2200').waitFor();
    expect(await page.getByText('13900002200').count()).toBe(0);
    await row.getByRole('button', { name: /显示 Masked 的手机号/ }).click();
    await row.getByText('13900002200').waitFor();
  });
}
