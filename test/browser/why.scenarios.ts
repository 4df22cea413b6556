import { expect, it } from '@jest/globals';
import { CHANNELS } from '#libs/channels';
import type { AnswerBody } from '../e2e/api-client.js';
import { quietNow } from '../e2e/given.js';
import { stage } from './stage.js';

const recallable = CHANNELS.filter(({ recall, addressing }) => recall.supported && addressing.to === 'people');
const [first] = recallable;
const { name: channel = '', family = '' } = first ?? {};

interface Story {
  readonly title: string;
  /** Sends to the person and answers the message that decides. */
  readonly act: (person: string) => Promise<AnswerBody>;
  readonly says: RegExp;
  readonly remedy?: string;
}

const to = (person: string): { readonly recipients: Record<string, string>[] } => ({
  recipients: [{ [family]: person }],
});

async function twice(rules: Record<string, unknown>, person: string): Promise<AnswerBody> {
  const { api, given } = stage.system;
  const template = await given.template(channel, rules as never);
  const body = template.message(given.text('twice'), to(person));
  await api.sendAndSettle(body);
  return api.sendAndSettle(body);
}

const STORIES: readonly Story[] = [
  {
    title: 'a duplicate',
    act: (person) => twice({ dedupe: { content: { windowSeconds: 3600, limit: 1 } } }, person),
    says: /未发送|相同内容|重复/,
    remedy: '仍然发送',
  },
  {
    title: 'too frequent',
    act: async (person) => {
      const { api, given } = stage.system;
      const template = await given.template(channel, { dedupe: { frequency: { windowSeconds: 3600, limit: 1 } } });
      await api.sendAndSettle(template.message(given.text('first'), to(person)));
      return api.sendAndSettle(template.message(given.text('second'), to(person)));
    },
    says: /频次|最多/,
    remedy: '仍然发送',
  },
  {
    title: 'quiet hours',
    act: async (person) => {
      const { api, given } = stage.system;
      const template = await given.template(channel, { quietHours: quietNow() });
      const { id } = await api.send(template.message(given.text('quiet'), to(person)));
      return api.waiting(id, 'quiet_hours');
    },
    says: /不打扰|免打扰/,
    remedy: '立即发送',
  },
  {
    title: 'recalled',
    act: async (person) => {
      const { api, given } = stage.system;
      const template = await given.template(channel);
      const sent = await api.sendAndSettle(template.message(given.text('gone'), to(person)));
      await api.do(`/v1/messages/${String(sent.id)}/recall`);
      return api.until(sent.id, ({ status }) => status === 'recalled', 'the recall');
    },
    says: /撤回/,
  },
];

export function scenarios(): void {
  it('reaches one verdict by every clue about a person whom the vendor does not reach', async () => {
    const { api, given } = stage.system;
    const user = given.code('out');
    const [name, mobile, ghost] = ['欧阳无名', '13912345678', `ghost-${user}`];
    const identities = [{ family, providerUserId: ghost }];
    await api.do('/v1/people', { user, name, mobile, email: `${user}@corp.example`, identities });
    const template = await given.template(channel);
    const businessKey = `order:${user}:paid`;
    const body = template.message(given.text('out of reach'), { recipients: [{ user }], businessKey });
    const { id } = await api.sendAndSettle(body);
    const page = await stage.signedIn();
    const clues = [
      name,
      user,
      '+86 139 1234 5678',
      '１３９１２３４５６７８',
      `${family}:${ghost}`,
      `${user}@corp.example`,
    ];
    for (const clue of clues) {
      await page.locator('#find').fill(clue);
      await page.keyboard.press('Enter');
      await page.locator('.verdict').getByText('没有收到：平台不认识').first().waitFor();
      expect([clue, await page.locator('.station').count()]).toEqual([clue, 12]);
      await stage.shown.visit('/');
    }
    expect(await stage.shown.axe()).toEqual([]);
    for (const clue of [String(id), businessKey]) {
      await page.locator('#find').fill(clue);
      await page.keyboard.press('Enter');
      await page
        .locator(`a[href*="${String(id)}"], article`)
        .first()
        .waitFor();
      await stage.shown.visit('/');
    }
  });

  it.each(STORIES)('says what became of it: $title', async ({ act, says, remedy }) => {
    const person = stage.system.given.code('guest');
    await stage.system.sandbox.addPeople({ ids: [person] });
    const { id } = await act(person);
    const page = await stage.signedIn();
    await stage.shown.visit(`/why?ref=${family}:${person}&message=${String(id)}`);
    await page.locator('.verdict').getByText(says).first().waitFor();
    expect(await stage.shown.axe()).toEqual([]);
    if (remedy === undefined) return;
    await page.locator('.verdict').getByRole('button', { name: remedy }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /重新发送|立即发送/ })
      .click();
    await stage.system.api.until(
      String(id),
      ({ status }) => /sent|delivered|read/.test(String(status)),
      'the send after all',
    );
    const acts = await stage.system.api.list(`/v1/audit-log?object=message:${String(id)}`);
    expect(acts.length).toBeGreaterThan(0);
  });

  it('says that nobody asked, and shows what was refused', async () => {
    const person = stage.system.given.code('unasked');
    const page = await stage.signedIn();
    await stage.shown.visit(`/why?ref=${family}:${person}`);
    await page
      .locator('.verdict')
      .getByText(/没有|未/)
      .first()
      .waitFor();
    expect(await page.locator('.station').count()).toBe(12);
  });
}
