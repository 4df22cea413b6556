import type { Program } from '../program.js';
import type { Family, Scenario } from '../scenario.js';

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

export const processes: Family = {
  name: 'processes',
  scenarios: [shared, apiKilled, deploy, stoppedWithoutRedis, workersKilled],
};
