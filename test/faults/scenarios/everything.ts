import type { Family, Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const RATE = 40;
const SENDS = ['message/send', 'webhook/send', 'robot/send'];

interface Ill {
  readonly atS: number;
  readonly strike: (stage: Stage) => Promise<void>;
}

type Change = () => Promise<void> | void;

const during = async (stage: Stage, seconds: number, begin: Change, end: Change): Promise<void> => {
  await begin();
  await stage.seconds(seconds);
  await end();
};

const ILLS: readonly Ill[] = [
  {
    atS: 5,
    strike: async (stage) => {
      await stage.deployment.workers.shift()?.kill();
      await stage.seconds(1.5);
      await stage.deployment.startWorker();
    },
  },
  {
    atS: 11,
    strike: (stage) =>
      during(
        stage,
        1,
        () => stage.deployment.killApi(),
        () => stage.deployment.startApi(),
      ),
  },
  {
    atS: 17,
    strike: (stage) =>
      during(
        stage,
        4,
        () => stage.deployment.redis.kill(),
        () => stage.deployment.redis.restart(),
      ),
  },
  {
    atS: 26,
    strike: (stage) =>
      during(
        stage,
        1,
        () => stage.deployment.crashDatabase(),
        () => stage.deployment.restartDatabase(),
      ),
  },
  {
    atS: 34,
    strike: (stage) =>
      during(
        stage,
        5,
        () => stage.wires.vendor.down(),
        () => stage.wires.vendor.heal(),
      ),
  },
  {
    atS: 43,
    strike: async (stage) => {
      const wires = [stage.wires.apiRedis, stage.wires.workerRedis];
      await during(
        stage,
        6,
        () => wires.forEach((wire) => wire.hold()),
        () => wires.forEach((wire) => wire.release()),
      );
    },
  },
  {
    atS: 53,
    strike: async ({ deployment }) => {
      await deployment.killWorkers();
      await Promise.all([deployment.startWorker(), deployment.startWorker()]);
    },
  },
];

/** Small troubles that never stop. */
async function mildTroubles(stage: Stage): Promise<void> {
  const troubles = [
    [{ type: 'http', status: 500, when: 'before' }, 0.01],
    [{ type: 'http', status: 200, body: '<html></html>', when: 'after' }, 0.005],
    [{ type: 'errcode', code: -1, when: 'before' }, 0.01],
    [{ type: 'http', status: 429, when: 'before' }, 0.002],
    [{ type: 'hang', when: 'after' }, 0.005],
    [{ type: 'hang', when: 'before' }, 0.005],
    [{ type: 'reset', when: 'after' }, 0.005],
  ] as const;
  for (const [action, probability] of troubles) {
    for (const endpoint of SENDS) await stage.likely(action, endpoint, probability);
  }
}

const everything: Scenario = {
  ids: ['ALL'],
  name: 'A minute in which everything fails, one thing after the other',
  workers: 2,
  may: {
    resent: 'a WeCom robot cannot tell a copy',
    unknown: 'nobody knows whether the call arrived; their template says hold',
  },
  within: { recoveryMs: 60_000 },
  play: async (stage) => {
    await mildTroubles(stage);
    const load = stage.load();
    const sending = load.run(RATE, 60);
    const startedMs = performance.now();
    for (const { atS, strike } of ILLS) {
      await stage.seconds(Math.max(0, atS - (performance.now() - startedMs) / 1000));
      await strike(stage);
    }
    await sending;
    await stage.deployment.sandbox.clearFaults();
    stage.healed();
    await load.answered();
  },
};

export const everythingFails: Family = {
  name: 'everything',
  deployment: { ownDatabase: true, workers: 2 },
  scenarios: [everything],
};
