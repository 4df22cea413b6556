import type { Program } from '../program.js';
import type { Family, Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const RATE = 40;
const COPY = 'a WeCom robot cannot tell a copy';
const DIED = 'the worker died while it held them; their template says hold';

/** Deliveries that a worker has ended as sent, by its own count. */
async function sentBy({ url }: Program): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const lines = metrics.split('\n').filter((line) => /^hongyan_delivery_outcomes_total.*status="sent"/.test(line));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

const shared: Scenario = {
  ids: ['F0'],
  name: 'Nothing fails: two workers share the load',
  workers: 2,
  within: { acceptP99Ms: 1_000 },
  play: async (stage) => {
    const { deployment } = stage;
    await deployment.sandbox.fault({ type: 'delay', ms: 50 }, {});
    const before = await Promise.all(deployment.workers.map(sentBy));
    const load = stage.load();
    load.burst(150);
    await load.answered();
    stage.healed();
    await stage.until('the end of all', async () => (await stage.records.open()) === 0);
    const after = await Promise.all(deployment.workers.map(sentBy));
    const shares = after.map((count, index) => count - (before[index] ?? 0));
    stage.expect('each worker sent a part', Math.min(...shares) > 10, shares);
    const counted = shares.reduce((sum, count) => sum + count, 0);
    stage.expect('their metrics count every message once', counted === 150, counted);
  },
};

const apiKilled: Scenario = {
  ids: ['F16'],
  name: 'The API is killed every 3 s under load; clients insist with their keys',
  within: { recoveryMs: 20_000 },
  play: async (stage) => {
    const load = stage.load();
    const sending = load.run(RATE, 10);
    for (let kills = 0; kills < 3; kills += 1) {
      await stage.seconds(2);
      await stage.deployment.killApi();
      await stage.seconds(0.5);
      await stage.deployment.startApi();
    }
    stage.healed();
    await sending;
  },
};

const deploy: Scenario = {
  ids: ['F18', 'F20'],
  name: 'A deploy in the middle of the load: API and workers are replaced one by one',
  workers: 2,
  play: async (stage) => {
    const { deployment } = stage;
    await deployment.sandbox.fault({ type: 'delay', ms: 200, when: 'after' }, {});
    const load = stage.load();
    const sending = load.run(RATE, 12);
    await stage.seconds(2);
    for (const worker of [...deployment.workers]) {
      await deployment.startWorker();
      const code = await worker.stop();
      stage.expect('the worker exits with 0', code === 0, code);
      deployment.workers.splice(deployment.workers.indexOf(worker), 1);
    }
    const code = await deployment.stopApi();
    stage.expect('the API exits with 0', code === 0, code);
    await deployment.startApi();
    stage.healed();
    await sending;
  },
  verify: (stage) => {
    const unclear = stage.endings().filter((ending) => ending.unclear > 0).length;
    stage.expect('no call was left without its outcome', unclear === 0, unclear);
  },
};

const stoppedWithoutRedis: Scenario = {
  ids: ['F19'],
  name: 'Workers are asked to end while Redis is away and calls are open',
  workers: 2,
  play: async (stage) => {
    const { deployment, wires } = stage;
    const fault = await deployment.sandbox.fault({ type: 'delay', ms: 2_000, when: 'after' }, {});
    const load = stage.load();
    load.burst(30);
    await deployment.sandbox.hits(fault, 30);
    await Promise.all([wires.workerRedis.down(), wires.apiRedis.down()]);
    const startedMs = performance.now();
    const codes = await deployment.stopWorkers();
    const tookS = Math.round((performance.now() - startedMs) / 100) / 10;
    stage.note('stop s', tookS);
    stage.expect(
      'they exit with 0',
      codes.every((code) => code === 0),
      codes,
    );
    stage.expect('they end within 28 s', tookS < 28, tookS);
    stage.expect('every outcome is written', (await stage.records.open()) === 0);
    stage.healed();
  },
};

const workersKilled: Scenario = {
  ids: ['F12'],
  name: 'Both workers are killed at once under load',
  workers: 2,
  may: { resent: COPY, unknown: DIED },
  play: async (stage) => {
    const { deployment } = stage;
    await deployment.sandbox.fault({ type: 'delay', ms: 300, when: 'after' }, {});
    const load = stage.load();
    const sending = load.run(RATE, 5);
    await stage.seconds(2);
    await deployment.killWorkers();
    await stage.seconds(1);
    await Promise.all([deployment.startWorker(), deployment.startWorker()]);
    stage.healed();
    await sending;
  },
};

/** Longer than a lease of 15 s. */
const FROZEN_S = 19;

const frozen: Scenario = {
  ids: ['F17'],
  name: 'A worker stands still for 19 s with claimed deliveries, then goes on as if nothing had happened',
  may: { unknown: 'their lease ran out; their template says hold' },
  play: async (stage) => {
    const { deployment } = stage;
    await deployment.query('DELETE FROM access_token');
    await deployment.stopWorkers();
    const fault = await deployment.sandbox.fault({ type: 'delay', ms: 2_000 }, { endpoint: 'gettoken' }, 1);
    const worker = await deployment.startWorker();
    const load = stage.load({ risks: ['held'] });
    load.burst(10);
    await deployment.sandbox.hits(fault, 1);
    // Claimed, and waiting for the token. When the worker wakes up, the token is there and the leases are gone.
    await stage.until('claimed deliveries', async () => (await claimed(stage)) === 10);
    worker.freeze();
    await deployment.startWorker();
    await stage.seconds(FROZEN_S);
    worker.thaw();
    stage.healed();
    await stage.seconds(3);
  },
  verify: (stage) => {
    const copies = stage.endings().map((ending) => ending.copies);
    stage.expect('what was given up is not sent after all', Math.max(...copies) === 0, copies);
  },
};

async function claimed({ deployment, prefix }: Stage): Promise<number> {
  const [row] = await deployment.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM delivery d JOIN message m ON m.id = d.message_id
     WHERE d.status = 'sending' AND starts_with(m.params->>'text', $1)`,
    [prefix],
  );
  return row?.count ?? 0;
}

export const processes: Family = {
  name: 'processes',
  scenarios: [shared, apiKilled, deploy, stoppedWithoutRedis, workersKilled, frozen],
};
