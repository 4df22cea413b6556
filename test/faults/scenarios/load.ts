import type { AnswerBody } from '../../e2e/api-client.js';
import type { Family, Scenario } from '../scenario.js';

const sameRequest: Scenario = {
  ids: ['F44'],
  name: 'One request arrives 200 times at once',
  play: async (stage) => {
    const load = stage.load();
    await load.repeat(200);
    await load.repeat(200);
    const [first, second] = load.submitted;
    stage.expect('each is one message', first?.ids.size === 1 && second?.ids.size === 1);
    // Who waits for two seconds in vain for the first of them is told to come again.
    const refusals = [first, second].flatMap((message) => [...(message?.refusals.keys() ?? [])]);
    stage.expect(
      'nobody was refused but for waiting',
      refusals.every((status) => status === 409),
      refusals,
    );
  },
};

const SAME = 30;

const sameContent: Scenario = {
  ids: ['DEDUPE'],
  name: 'The same content for the same person arrives 30 times at once, as messages of their own',
  workers: 2,
  play: async (stage) => {
    const { api, sandbox } = stage.deployment;
    stage.load().burst(3);
    const text = `same content ${stage.prefix}`;
    const body = stage.templates.held.message(text, { recipients: ['zhangsan'] });
    const sent = await Promise.all(Array.from({ length: SAME }, () => api.send(body)));
    await api.allSettled(sent.map(({ id }) => id));
    const messages = await Promise.all(sent.map(({ id }) => api.message(id)));
    const suppressed = messages.filter(
      ({ reason, status }) => `${status} ${reason}` === 'suppressed duplicate_content',
    );
    stage.expect(
      'one is sent, the others name it as their original',
      suppressed.length === SAME - 1,
      suppressed.length,
    );
    const copies = (await sandbox.inbox(text)).length;
    stage.expect('it is shown once', copies === 1, copies);
    stage.outside = { accepted: SAME, sent: SAME - suppressed.length };
    stage.healed();
  },
};

const late: Scenario = {
  ids: ['F48'],
  name: 'The workers are away for longer than the messages are worth',
  may: { ended: 'they expired before anybody could send them, and say so' },
  play: async (stage) => {
    const { deployment } = stage;
    await deployment.stopWorkers();
    const load = stage.load({ ttlMs: 2_000 });
    load.burst(30);
    await load.answered();
    await stage.seconds(3);
    await deployment.startWorker();
    stage.healed();
  },
  verify: (stage) => stage.expectEndings({ resent: ['expired', 0], protected: ['expired', 0], held: ['expired', 0] }),
};

const recalled: Scenario = {
  ids: ['F43'],
  name: 'Messages are recalled while they are queued, claimed, sent',
  may: { ended: 'they were canceled before they were sent, and say so' },
  play: async (stage) => {
    const { api, sandbox } = stage.deployment;
    await sandbox.fault({ type: 'delay', ms: 150, when: 'after' }, {});
    const load = stage.load({ risks: ['held'] });
    const asked = new Set<string>();
    let isOver = false;
    const sending = load.run(30, 2).finally(() => (isOver = true));
    await stage.until(
      'recalls of all messages',
      async () => {
        const ids = load.submitted.flatMap((message) => [...message.ids]).filter((id) => !asked.has(id));
        ids.forEach((id) => asked.add(id));
        await Promise.all(ids.map((id) => api.do(`/v1/messages/${id}/recall`)));
        return isOver && asked.size === load.submitted.length;
      },
      { intervalMs: 20 },
    );
    await sending;
    await stage.until('the end of all recalls', async () => {
      const recalls: AnswerBody[] = await api.list('/v1/recalls?limit=200');
      return recalls.every(({ status }) => status !== 'running' && status !== 'accepted');
    });
    stage.healed();
  },
  verify: (stage) => {
    const endings = stage.endings();
    const visible = endings.filter(({ text }) => stage.vendor.copiesOf(text).some((copy) => !copy.recalled));
    const wrong = visible.filter(({ status }) => status === 'recalled' || status === 'canceled');
    stage.expect('what is called recalled is not to be seen', wrong.length === 0, wrong);
    for (const status of ['recalled', 'canceled']) {
      stage.note(status, endings.filter((ending) => ending.status === status).length);
    }
    stage.expect(
      'some were sent before',
      endings.some(({ status }) => status === 'recalled'),
    );
  },
};

const noisy: Scenario = {
  ids: ['F47'],
  name: 'One caller floods its account; the single messages of others pass by',
  play: async (stage) => {
    const { deployment } = stage;
    await deployment.sandbox.fault({ type: 'delay', ms: 40, when: 'after' }, {});
    const flood = stage.load({ risks: ['resent'] });
    flood.burst(500);
    const others = stage.load({ risks: ['protected'] });
    await others.run(5, 6);
    await others.answered();
    await flood.answered();
    await stage.until('the end of all', async () => (await stage.records.open()) === 0, { deadlineMs: 60_000 });
    const waits = await stage.waitsMs(others);
    const slowest = waits[Math.floor(waits.length * 0.95)] ?? Infinity;
    stage.note('others p95 ms', slowest);
    stage.expect('their p95 stays below 5 s', slowest < 5_000 * stage.slowness, slowest);
    stage.healed();
  },
};

export const load: Family = { name: 'load', scenarios: [sameRequest, sameContent, late, recalled, noisy] };
