import type { Family, Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const COUNT = 15;
/** Longer than a lease of 15 s. */
const FROZEN_S = 19;

const twoClaims: Scenario = {
  ids: ['CLAIM'],
  name: 'Two workers claim the same deliveries, the second while the first one is calling',
  play: async (stage) => {
    const { deployment, wires } = stage;
    await deployment.killWorkers();
    stage.load().burst(COUNT);
    await stage.until('a queue', async () => (await deployment.redis.jobs()).waiting >= COUNT);
    wires.workerDatabase.holdFrom("SET status = 'sending'");
    // Its hands are full then: what is published again goes to the other one.
    await deployment.startWorker({ WORKER_CONCURRENCY: String(COUNT) });
    await stage.until('jobs in hand', async () => (await deployment.redis.jobs()).taken >= COUNT);
    const fault = await deployment.sandbox.fault({ type: 'delay', ms: 4_000, when: 'after' }, {});
    // Its sweep publishes them again after ten seconds: each has two jobs then.
    await deployment.startWorkerApart();
    await deployment.sandbox.hits(fault, COUNT, 30_000);
    await wires.workerDatabase.heal();
    stage.healed();
  },
  verify: (stage) => stage.expectEndings({ resent: ['sent', 1], protected: ['sent', 1], held: ['sent', 1] }),
};

const lateOutcome: Scenario = {
  ids: ['FENCE', 'F17'],
  name: 'A worker that stood still for 19 s writes its outcomes while another one repeats the calls',
  may: { resent: 'a WeCom robot cannot tell a copy' },
  play: async (stage) => {
    const { deployment } = stage;
    const [worker] = deployment.workers;
    const first = await deployment.sandbox.fault({ type: 'delay', ms: 1_500, when: 'after' }, {}, COUNT);
    stage.load({ risks: ['resent'] }).burst(COUNT);
    await deployment.sandbox.hits(first, COUNT, 30_000);
    worker?.freeze();
    const second = await deployment.sandbox.fault({ type: 'delay', ms: 6_000, when: 'after' }, {});
    await deployment.startWorker();
    await deployment.sandbox.hits(second, COUNT, 45_000);
    worker?.thaw();
    stage.healed();
    await stage.until('the end of all', async () => (await stage.records.open()) === 0);
    await stage.seconds(5);
  },
  verify: (stage) => stage.expectEndings({ resent: ['sent', 2] }),
};

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
    load.burst(COUNT);
    await deployment.sandbox.hits(fault, 1);
    // Claimed, and waiting for the token. When the worker wakes up, the token is there and the leases are gone.
    await stage.until('claimed deliveries', async () => (await claimed(stage)) === COUNT);
    worker.freeze();
    await deployment.startWorker();
    await stage.seconds(FROZEN_S);
    worker.thaw();
    stage.healed();
    await stage.seconds(3);
  },
  verify: (stage) => stage.expectEndings({ held: ['unknown', 0] }),
};

async function claimed({ deployment, prefix }: Stage): Promise<number> {
  const [row] = await deployment.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM delivery d JOIN message m ON m.id = d.message_id
     WHERE d.status = 'sending' AND starts_with(m.params->>'text', $1)`,
    [prefix],
  );
  return row?.count ?? 0;
}

export const takeovers: Family = { name: 'takeovers', scenarios: [twoClaims, lateOutcome, frozen] };
