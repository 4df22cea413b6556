import type { Family, Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const RATE = 40;

const statusOf = async ({ deployment }: Stage): Promise<string> => (await deployment.api.read('/health/ready')).status;

const killed: Scenario = {
  ids: ['F1', 'F6'],
  name: 'Redis is killed under load, away for 6 s, and comes back empty',
  within: { acceptP99Ms: 1_000, recoveryMs: 10_000 },
  play: async (stage) => {
    const { redis } = stage.deployment;
    const load = stage.load();
    const sending = load.run(RATE, 10);
    await stage.seconds(2);
    await redis.kill();
    await stage.seconds(6);
    stage.expect('meanwhile the API says "degraded"', (await statusOf(stage)) === 'degraded');
    await redis.restart();
    stage.healed();
    await sending;
    await stage.until('a healthy API', async () => (await statusOf(stage)) === 'ok');
  },
};

const boot: Scenario = {
  ids: ['F2'],
  name: 'API and worker start while Redis is down',
  play: async (stage) => {
    const { deployment } = stage;
    await deployment.killApi();
    await deployment.killWorkers();
    await deployment.redis.kill();
    await deployment.startApi();
    await deployment.startWorker();
    const pids = [deployment.apiProcess.pid, ...deployment.workers.map(({ pid }) => pid)];
    const load = stage.load();
    load.burst(15);
    await load.answered();
    await deployment.redis.restart();
    stage.healed();
    load.burst(15);
    await stage.until('the end of both bursts', async () => (await stage.records.open()) === 0);
    const now = [deployment.apiProcess, ...deployment.workers];
    stage.expect(
      'no process was replaced',
      now.every(({ isRunning, pid }) => isRunning && pids.includes(pid)),
    );
  },
};

const hung: Scenario = {
  ids: ['F3'],
  name: 'Redis hangs under load for 8 s',
  within: { acceptMaxMs: 1_500, recoveryMs: 15_000 },
  play: async (stage) => {
    const load = stage.load();
    const sending = load.run(RATE, 12);
    await stage.seconds(2);
    const wires = [stage.wires.apiRedis, stage.wires.workerRedis];
    wires.forEach((wire) => wire.hold());
    await stage.seconds(8);
    wires.forEach((wire) => wire.release());
    stage.healed();
    await sending;
  },
};

/** Longer than BullMQ's lock of 15 s, so that the queue gives the jobs away a second time. */
const OUTAGE_S = 20;

const midJob: Scenario = {
  ids: ['F4', 'F5'],
  name: 'Redis is cut off for 20 s while 45 calls are open: the queue gives their jobs away again',
  workers: 2,
  play: async (stage) => {
    const { sandbox } = stage.deployment;
    const fault = await sandbox.fault({ type: 'delay', ms: 3_000, when: 'after' }, { family: 'wecom' });
    const load = stage.load();
    load.burst(45);
    await sandbox.hits(fault, 30);
    await Promise.all([stage.wires.apiRedis.down(), stage.wires.workerRedis.down()]);
    await stage.seconds(OUTAGE_S);
    await Promise.all([stage.wires.apiRedis.heal(), stage.wires.workerRedis.heal()]);
    stage.healed();
  },
};

const wiped: Scenario = {
  ids: ['F6'],
  name: 'Redis loses its data with hundreds waiting and some in flight',
  within: { recoveryMs: 30_000 },
  play: async (stage) => {
    const { redis } = stage.deployment;
    await stage.deployment.killWorkers();
    const load = stage.load();
    load.burst(300);
    await load.answered();
    await stage.until('a full queue', async () => (await redis.jobs()).waiting > 200);
    await stage.deployment.sandbox.fault({ type: 'delay', ms: 300 }, {});
    await stage.deployment.startWorker({ WORKER_CONCURRENCY: '20' });
    await stage.until('jobs in flight', async () => (await redis.jobs()).taken > 10);
    await redis.wipe();
    stage.healed();
    await stage.deployment.sandbox.clearFaults();
    await stage.until('the end of all', async () => (await stage.records.open()) === 0, { deadlineMs: 60_000 });
    await stage.deployment.stopWorkers();
  },
};

const full: Scenario = {
  ids: ['F9', 'F10'],
  name: 'Redis is full for 5 s, then set to evict',
  within: { acceptP99Ms: 1_000, recoveryMs: 15_000 },
  play: async (stage) => {
    const { redis } = stage.deployment;
    const load = stage.load();
    const sending = load.run(RATE, 9);
    await stage.seconds(1);
    await redis.leaveRoom(-100_000);
    await stage.seconds(5);
    stage.expect('the API says "degraded"', (await statusOf(stage)) === 'degraded');
    await redis.set('maxmemory', '0');
    stage.healed();
    await sending;
    await redis.set('maxmemory-policy', 'allkeys-lru');
    await stage.until('a degraded API', async () => (await statusOf(stage)) === 'degraded');
    await redis.set('maxmemory-policy', 'noeviction');
    await stage.until('a healthy API', async () => (await statusOf(stage)) === 'ok');
  },
};

const idle: Scenario = {
  ids: ['F11'],
  name: 'After 15 idle seconds without Redis the first message leaves soon',
  within: { recoveryMs: 25_000 },
  play: async (stage) => {
    const wires = [stage.wires.apiRedis, stage.wires.workerRedis];
    await Promise.all(wires.map((wire) => wire.down()));
    await stage.seconds(15);
    const load = stage.load();
    load.burst(3);
    await load.answered();
    await Promise.all(wires.map((wire) => wire.heal()));
    stage.healed();
  },
};

export const redis: Family = { name: 'redis', scenarios: [killed, boot, hung, midJob, wiped, full, idle] };
