import type { Risk } from '../parts/messages.js';
import type { Family, Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

/** Messages at the point when the process is killed: ten of each risk. */
const COUNT = 30;

type Endings = Readonly<Record<Risk, readonly [status: string, copies: number]>>;

const ONCE: Endings = { resent: ['sent', 1], protected: ['sent', 1], held: ['sent', 1] };
/** The call was not made, but nobody can know that. */
const UNKNOWN_UNSENT: Endings = { resent: ['sent', 1], protected: ['sent', 1], held: ['unknown', 0] };
/** The call arrived, and nobody can know that. */
const UNKNOWN_SENT: Endings = { resent: ['sent', 2], protected: ['sent', 1], held: ['unknown', 1] };

const NOBODY_KNOWS = 'the worker died while it held them; their template says hold';

const expects = (endings: Endings) => (stage: Stage) => stage.expectEndings(endings);

/** A token is there before: fetching one is another kill point. */
async function warm(stage: Stage): Promise<void> {
  const load = stage.load({ risks: ['held'] });
  load.burst(1);
  await load.answered();
  await stage.until('a warm worker', async () => (await stage.records.open()) === 0);
}

/** Messages that wait in the queue, taken by nobody. */
async function queued(stage: Stage): Promise<void> {
  await stage.deployment.killWorkers();
  stage.load().burst(COUNT);
  await stage.until('a queue', async () => (await stage.deployment.redis.jobs()).waiting >= COUNT);
}

async function killWorkersAndDrop(stage: Stage, ...wires: (keyof Stage['wires'])[]): Promise<void> {
  await stage.deployment.killWorkers();
  for (const wire of wires) {
    stage.wires[wire].drop();
    await stage.wires[wire].heal();
  }
  stage.healed();
  await stage.deployment.startWorker();
}

const beforeEnqueue: Scenario = {
  ids: ['KP1', 'F15'],
  name: 'The API dies after the commit, before the queue has it',
  within: { recoveryMs: 15_000 },
  play: async (stage) => {
    stage.wires.apiRedis.holdFrom('"kind":"send"');
    const load = stage.load();
    load.burst(COUNT);
    await load.answered();
    stage.expect('nothing reached the queue', (await stage.deployment.redis.jobs()).waiting === 0);
    await stage.deployment.killApi();
    stage.wires.apiRedis.drop();
    stage.healed();
  },
  verify: expects(ONCE),
};

const beforeAnswer: Scenario = {
  ids: ['KP2'],
  name: 'The API dies after the queue has it, before the client hears of it',
  play: async (stage) => {
    stage.wires.http.hold('answer');
    const load = stage.load();
    load.burst(COUNT);
    await stage.until('delivered messages', async () => {
      await stage.vendor.read();
      return stage.vendor.size === COUNT;
    });
    stage.expect('nobody has been answered', load.accepted === 0, load.accepted);
    await stage.deployment.killApi();
    await stage.wires.http.heal();
    stage.healed();
    await stage.deployment.startApi();
  },
  verify: expects(ONCE),
};

const beforeClaim: Scenario = {
  ids: ['KP3', 'F13'],
  name: 'The worker dies with jobs in hand, before it claims them',
  play: async (stage) => {
    await queued(stage);
    stage.wires.workerDatabase.holdFrom("SET status = 'sending'");
    await stage.deployment.startWorker();
    await stage.until('jobs in hand', async () => (await stage.deployment.redis.jobs()).taken >= COUNT);
    await stage.until('a held claim', () => stage.wires.workerDatabase.holding > 0);
    await killWorkersAndDrop(stage, 'workerDatabase');
  },
  verify: expects(ONCE),
};

const beforeSend: Scenario = {
  ids: ['KP4', 'F13'],
  name: 'The worker dies after the claim, before the vendor hears of it',
  may: { unknown: NOBODY_KNOWS },
  play: async (stage) => {
    await warm(stage);
    stage.wires.vendor.holdFrom('POST ');
    stage.load().burst(COUNT);
    await stage.until('held calls', () => stage.wires.vendor.holding >= COUNT);
    await killWorkersAndDrop(stage, 'vendor');
  },
  verify: (stage) => stage.expectEndings(UNKNOWN_UNSENT, COUNT),
};

const beforeOutcome: Scenario = {
  ids: ['KP5', 'F12'],
  name: "The worker dies after the vendor's yes, before it is written down",
  may: { unknown: NOBODY_KNOWS, resent: 'a WeCom robot cannot tell a copy' },
  play: async (stage) => {
    await warm(stage);
    stage.wires.vendor.hold('answer');
    stage.load().burst(COUNT);
    await stage.until('delivered messages', async () => {
      await stage.vendor.read();
      return stage.vendor.size > COUNT;
    });
    await killWorkersAndDrop(stage, 'vendor');
  },
  verify: (stage) => stage.expectEndings(UNKNOWN_SENT, COUNT),
};

const beforeAck: Scenario = {
  ids: ['KP6'],
  name: 'The worker dies after the outcome, before the queue hears of it',
  play: async (stage) => {
    await warm(stage);
    stage.wires.vendor.holdFrom('POST ');
    stage.load().burst(COUNT);
    await stage.until('calls in hand', () => stage.wires.vendor.holding >= COUNT);
    stage.wires.workerRedis.hold('request');
    await stage.wires.vendor.heal();
    await stage.until('written outcomes', async () => (await stage.records.open()) === 0);
    stage.expect('the queue has not heard of it', (await stage.deployment.redis.jobs()).taken >= COUNT);
    await killWorkersAndDrop(stage, 'workerRedis');
  },
  verify: expects(ONCE),
};

const inSweep: Scenario = {
  ids: ['KP7'],
  name: 'The worker dies in the middle of what the sweep publishes',
  play: async (stage) => {
    await stage.deployment.killWorkers();
    await stage.wires.apiRedis.down();
    const load = stage.load();
    load.burst(COUNT);
    await load.answered();
    const ids = load.submitted.flatMap((message) => [...message.ids]).sort();
    // The sweep publishes all of them in one round trip, which breaks off half-way.
    stage.wires.workerRedis.holdFrom(ids[COUNT / 2] ?? '');
    await stage.deployment.startWorker();
    await stage.until('a held publication', () => stage.wires.workerRedis.holding > 0);
    await killWorkersAndDrop(stage, 'workerRedis');
    await stage.wires.apiRedis.heal();
  },
  verify: expects(ONCE),
};

const inTokenFetch: Scenario = {
  ids: ['KP8'],
  name: 'The worker dies while it fetches the token that all others wait for',
  may: { unknown: NOBODY_KNOWS },
  play: async (stage) => {
    const { deployment } = stage;
    await deployment.query('DELETE FROM access_token');
    await deployment.killWorkers();
    const before = await deployment.sandbox.count('/cgi-bin/gettoken');
    const fault = await deployment.sandbox.fault({ type: 'hang' }, { endpoint: 'gettoken' });
    await deployment.startWorker();
    stage.load({ risks: ['held'] }).burst(1);
    await deployment.sandbox.hits(fault, 1);
    await deployment.killWorkers();
    await deployment.sandbox.clearFaults();
    stage.healed();
    await deployment.startWorker();
    const startedMs = performance.now();
    const others = stage.load({ risks: ['held'] });
    others.burst(10);
    await others.answered();
    const texts = others.submitted.map(({ text }) => text);
    await stage.until('the messages behind it', async () => {
      await stage.vendor.read();
      return texts.every((text) => stage.vendor.copiesOf(text).length === 1);
    });
    stage.note('others waited s', Math.round((performance.now() - startedMs) / 100) / 10);
    const fetched = (await deployment.sandbox.count('/cgi-bin/gettoken')) - before;
    stage.expect('the token was fetched at most twice', fetched <= 2, fetched);
  },
  verify: (stage) => {
    const [first, ...others] = stage.endings();
    const shown = [
      first?.status,
      first?.copies,
      ...new Set(others.map(({ copies, status }) => `${status} ×${copies}`)),
    ];
    stage.expect('the one is unknown, the others sent', shown.join() === 'unknown,0,sent ×1', shown);
  },
};

/** Nothing is released before the worker has come back and taken them again. */
const KILLS = 5;

const again: Scenario = {
  ids: ['F14'],
  name: 'The worker is killed five times in a row with the same jobs in hand',
  within: { recoveryMs: 30_000 },
  play: async (stage) => {
    const { deployment, wires } = stage;
    await queued(stage);
    for (let kills = 0; kills < KILLS; kills += 1) {
      wires.workerDatabase.holdFrom("SET status = 'sending'");
      await deployment.startWorker();
      await stage.until('a held claim', () => wires.workerDatabase.holding > 0, { deadlineMs: 45_000 });
      await deployment.killWorkers();
      wires.workerDatabase.drop();
    }
    await wires.workerDatabase.heal();
    stage.healed();
    await deployment.startWorker();
  },
  verify: expects(ONCE),
};

/** The first call, and the one that its budget allows. */
const POISON_KILLS = 2;

const poison: Scenario = {
  ids: ['F21'],
  name: 'Each worker that takes up one certain message dies of it; its neighbours pass by',
  may: { unknown: 'it is set aside when its budget is used up; nobody knows whether a call arrived' },
  play: async (stage) => {
    const { deployment, wires } = stage;
    const poisoned = stage.load({ risks: ['resent'] });
    poisoned.burst(1);
    const text = poisoned.submitted[0]?.text ?? '';
    wires.vendor.holdFrom(text);
    const neighbours = stage.load({ risks: ['protected'] });
    const sending = neighbours.run(5, 180);
    const isSetAside = async (): Promise<boolean> =>
      (await stage.records.deliveries(text)).some(({ status }) => status === 'unknown');
    let kills = 0;
    while (kills <= POISON_KILLS) {
      await stage.until('a worker that calls, or none any more', async () => wires.vendor.holding > 0 || isSetAside(), {
        deadlineMs: 60_000,
      });
      if (wires.vendor.holding === 0) break;
      await deployment.killWorkers();
      kills += 1;
      wires.vendor.drop();
      await deployment.startWorker();
    }
    neighbours.stop();
    await sending;
    stage.healed();
    stage.note('workers killed', kills);
    stage.expect('it kills as many workers as its budget allows', kills === POISON_KILLS, kills);
  },
  verify: async (stage) => {
    stage.expectEndings({ resent: ['unknown', 0], protected: ['sent', 1] });
    const reasons = (await stage.records.deliveries()).map(({ reason }) => reason).filter((reason) => reason !== null);
    stage.expect('it alone is called a crash loop', reasons.join() === 'crash_loop', reasons);
  },
};

/** Those that end soon, those that wait for leases, and those that kill one worker after the other: side by side. */
export const killPoints: readonly Family[] = [
  { name: 'again', scenarios: [again, poison] },
  { name: 'leases', scenarios: [beforeSend, beforeOutcome, inTokenFetch] },
  { name: 'kill points', scenarios: [beforeEnqueue, beforeAnswer, beforeClaim, beforeAck, inSweep] },
];
