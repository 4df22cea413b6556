import { expect, it } from '@jest/globals';
import type { JsonObject } from '#libs/core';
import { waitFor } from '#libs/testing';
import type { AnswerBody } from './api-client.js';
import type { GivenTemplate } from './given.js';
import { onEachBackend, type System } from './system.js';

const CHANNEL = 'wecom-customer';
/** Longer than the vendor takes to hand a task out. */
const DISPATCH_MS = 3_000;
const [FIRST, SECOND, THIRD] = ['wmSandboxCustomer0001', 'wmSandboxCustomer0002', 'wmSandboxCustomer0003'];
const named = (...ids: string[]) => ids.map((customer) => ({ customer }));

interface Wishes {
  /** Whoever last spoke with a customer confirms. */
  readonly anySender?: boolean;
}

interface Sent {
  readonly id: string;
  readonly text: string;
  readonly template: GivenTemplate;
}

/** A message whose task the vendor has handed out; without a sender whoever knows the customers has to confirm. */
async function sent({ api, given, sandbox }: System, recipients: JsonObject[], wishes: Wishes = {}): Promise<Sent> {
  const config = wishes.anySender ? { sender: undefined } : {};
  const account = await given.account(CHANNEL, { config: config as JsonObject });
  const template = await given.template(CHANNEL, { account });
  const text = given.text('to customers');
  const { id } = await api.sendAndSettle(template.message(text, { recipients }));
  await sandbox.advanceClock(DISPATCH_MS);
  return { id, text, template };
}

/** Lets the vendor be asked at once, and waits for its answer. */
async function ask({ api, database }: System, id: string): Promise<AnswerBody> {
  const triesOf = async (): Promise<number | undefined> =>
    (await database.query<{ tries: number }>('SELECT tries FROM receipt_poll WHERE message_id = $1', [id]))[0]?.tries;
  const before = (await triesOf()) ?? 0;
  await database.query('UPDATE receipt_poll SET due_at = now() WHERE message_id = $1', [id]);
  const isAnswered = async (): Promise<boolean> => ((await triesOf()) ?? Infinity) > before;
  await waitFor(isAnswered, { deadlineMs: 15_000, what: 'an answer to the question' });
  return api.message(id);
}

const fatesOf = async ({ api }: System, id: string): Promise<AnswerBody[]> => api.list(`/v1/messages/${id}/recipients`);

onEachBackend('a message to customers', (system) => {
  it('waits for a member who confirms it, and says so until then', async () => {
    const { api, sandbox } = system();
    const { id, text } = await sent(system(), named(FIRST, SECOND));
    expect(await sandbox.only(text)).toMatchObject({ parts: [{ member: 'zhangsan', confirmedAt: null }] });
    expect(await ask(system(), id)).toMatchObject({ status: 'sent', counts: { sent: 2 } });
    for (const fate of await fatesOf(system(), id)) {
      expect(fate).toMatchObject({
        status: 'sent',
        reason: 'waiting_confirmation',
        text: expect.stringContaining('confirm'),
      });
    }
    expect(await api.get(`/v1/recipients/customer:${FIRST}/explain`)).toMatchObject({
      status: 200,
      body: { verdict: { code: 'waiting' } },
    });

    await sandbox.confirm(text);
    expect(await ask(system(), id)).toMatchObject({ status: 'delivered', counts: { delivered: 2 } });
    for (const fate of await fatesOf(system(), id)) {
      expect(fate).toMatchObject({ status: 'delivered', deliveredAt: expect.any(String) });
      expect(fate.reason).toBeUndefined();
    }
  });

  it('tells who is no contact any more, and who has had too many', async () => {
    const { sandbox } = system();
    await sandbox.giveHabit([SECOND], 'refuses');
    await sandbox.giveHabit([FIRST], 'limited');
    const { id, text } = await sent(system(), named(FIRST, SECOND, THIRD, 'wmNobody'), { anySender: true });
    await sandbox.confirm(text);
    expect(await ask(system(), id)).toMatchObject({
      status: 'partial',
      counts: { delivered: 1, failed: 1, invalid: 2 },
    });
    expect(await fatesOf(system(), id)).toMatchObject([
      { recipient: `customer:${FIRST}`, status: 'failed', reason: 'over_vendor_limit' },
      { recipient: `customer:${SECOND}`, status: 'invalid', reason: 'customer_unreachable' },
      { recipient: `customer:${THIRD}`, status: 'delivered' },
      { recipient: 'customer:wmNobody', status: 'invalid', detail: { providerCode: 'fail_list' } },
    ]);
    await sandbox.giveHabit([FIRST, SECOND], null);
  });

  it('goes to everybody who bears a tag', async () => {
    const { sandbox } = system();
    const { id, text } = await sent(system(), [{ tag: 'etSandboxTagTrial' }], { anySender: true });
    expect((await sandbox.only(text)).recipients).toEqual([SECOND, THIRD]);
    await sandbox.confirm(text, 'lisi');
    expect(await ask(system(), id)).toMatchObject({ status: 'delivered', counts: { delivered: 1 } });
  });

  it('is refused at once for members, who are no customers, and customers are refused elsewhere', async () => {
    const { api, given } = system();
    const template = await given.template(CHANNEL);
    const members = ['zhangsan', { wecom: 'zhangsan' }, { mobile: '13900000000' }, { all: true }];
    for (const recipient of members) {
      const refused = await api.post('/v1/messages', template.message('x', { recipients: [recipient] }));
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ code: 'recipient_unreachable' }] } });
    }
    const app = await given.template('wecom-app');
    const refused = await api.post('/v1/messages', app.message('x', { recipients: named(FIRST) }));
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ code: 'recipient_unreachable' }] } });
  });

  it('is stopped by a recall as long as nobody has confirmed it', async () => {
    const { api, sandbox } = system();
    const { id, text } = await sent(system(), named(FIRST, SECOND));
    await api.do(`/v1/messages/${id}/recall`);
    const message = await api.until(id, ({ status }) => status === 'recalled', 'its recall');
    expect(message).toMatchObject({ counts: { recalled: 2 }, deliveries: [{ status: 'recalled' }] });
    expect(await sandbox.only(text)).toMatchObject({ recalled: true });
    for (const fate of await fatesOf(system(), id)) expect(fate.reason).toBeUndefined();
  });

  it('stays with those whom it had reached before the recall, and the others never get it', async () => {
    const { api, sandbox } = system();
    const { id, text } = await sent(system(), named(FIRST, THIRD), { anySender: true });
    await sandbox.confirm(text, 'zhangsan');
    const recall = await api.do(`/v1/messages/${id}/recall`);
    await waitFor(async () => (await api.read(`/v1/recalls/${recall.id}`)).status === 'finished', {
      deadlineMs: 15_000,
      what: 'the end of the recall',
    });
    expect(await fatesOf(system(), id)).toMatchObject([
      { status: 'delivered', recall: { status: 'failed', reason: 'already_delivered' } },
      { status: 'recalled', recall: { status: 'recalled' } },
    ]);
    expect(await api.message(id)).toMatchObject({ counts: { delivered: 1, recalled: 1 } });
  });
});
