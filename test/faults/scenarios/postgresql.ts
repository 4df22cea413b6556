import type { Load } from '../parts/load.js';
import type { Family, Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const RATE = 40;

const refusalsOf = (load: Load): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { refusals } of load.submitted) {
    for (const [status, count] of refusals) counts[status] = (counts[status] ?? 0) + count;
  }
  return counts;
};

/** Whoever cannot be served hears so within this time. */
const ANSWER_WITHIN_MS = 3_000;

/** 503 or no answer at all, and soon: nothing else may come of a database that is away. */
function expectOnly503(stage: Stage, load: Load): void {
  const refusals = refusalsOf(load);
  const others = Object.keys(refusals).filter((status) => !['0', '503'].includes(status));
  stage.expect('requests were refused with 503 only', others.length === 0, refusals);
  const slowestMs = Math.round(Math.max(...load.submitted.map(({ slowestTryMs }) => slowestTryMs)));
  stage.note('slowest answer ms', slowestMs);
  stage.expect('nobody waits for an answer', slowestMs <= ANSWER_WITHIN_MS * stage.slowness, slowestMs);
  stage.note(
    'refused',
    Object.values(refusals).reduce((sum, count) => sum + count, 0),
  );
}

const atAccept: Scenario = {
  ids: ['F23'],
  name: 'PostgreSQL is away when messages arrive',
  within: { acceptMaxMs: 2_000 },
  play: async (stage) => {
    const { redis } = stage.deployment;
    await Promise.all([stage.wires.apiDatabase.down(), stage.wires.workerDatabase.down()]);
    const load = stage.load();
    load.burst(60);
    await stage.seconds(3);
    stage.expect('nothing was promised', load.accepted === 0, load.accepted);
    stage.expect('nothing was enqueued', (await redis.jobs()).waiting === 0);
    await Promise.all([stage.wires.apiDatabase.heal(), stage.wires.workerDatabase.heal()]);
    stage.healed();
    await load.answered();
    expectOnly503(stage, load);
  },
};

const crash: Scenario = {
  ids: ['F27'],
  name: 'PostgreSQL crashes under load and recovers',
  within: { recoveryMs: 20_000 },
  may: { resent: 'a WeCom robot cannot tell a copy' },
  play: async (stage) => {
    const load = stage.load();
    const sending = load.run(RATE, 8);
    await stage.seconds(3);
    await stage.deployment.crashDatabase();
    await stage.seconds(1);
    await stage.deployment.restartDatabase();
    stage.healed();
    await sending;
    await load.answered();
    expectOnly503(stage, load);
    stage.expect(
      'no process was replaced',
      stage.deployment.apiIsUp && stage.deployment.workers.every((w) => w.isRunning),
    );
  },
};

const afterYes: Scenario = {
  ids: ['F24'],
  name: "PostgreSQL crashes between the vendor's yes and the outcome",
  play: async (stage) => {
    const { sandbox } = stage.deployment;
    const fault = await sandbox.fault({ type: 'delay', ms: 2_500, when: 'after' }, {});
    const load = stage.load();
    load.burst(30);
    await sandbox.hits(fault, 30);
    await stage.deployment.crashDatabase();
    const late = stage.load();
    late.burst(10);
    await stage.seconds(4);
    await stage.deployment.restartDatabase();
    stage.healed();
    await late.answered();
    expectOnly503(stage, late);
  },
  verify: (stage) => stage.expectEndings({ resent: ['sent', 1], protected: ['sent', 1], held: ['sent', 1] }),
};

const hung: Scenario = {
  ids: ['F25'],
  name: 'PostgreSQL hangs for 6 s under load',
  may: {
    resent: 'a WeCom robot cannot tell a copy',
    unknown: 'their leases ran out while nobody could renew them; their template says hold',
  },
  within: { recoveryMs: 30_000, acceptMaxMs: ANSWER_WITHIN_MS },
  play: async (stage) => {
    const load = stage.load();
    const sending = load.run(RATE, 10);
    await stage.seconds(2);
    const wires = [stage.wires.apiDatabase, stage.wires.workerDatabase];
    wires.forEach((wire) => wire.hold());
    await stage.seconds(6);
    wires.forEach((wire) => wire.release());
    stage.healed();
    await sending;
    await load.answered();
    expectOnly503(stage, load);
  },
};

/** How often the answer to a commit is lost. */
const CUTS = 20;

const lostAnswer: Scenario = {
  ids: ['F26'],
  name: 'Twenty times the answer to a COMMIT is lost on its way',
  play: async (stage) => {
    const load = stage.load();
    const sending = load.run(RATE, 10);
    for (let cuts = 0; cuts < CUTS; cuts += 1) {
      await stage.seconds(0.3);
      stage.wires.apiDatabase.hold('answer');
      await stage.until('a held answer', () => stage.wires.apiDatabase.holding > 0);
      stage.wires.apiDatabase.reset();
      stage.wires.apiDatabase.release();
    }
    stage.healed();
    await sending;
    await load.answered();
    expectOnly503(stage, load);
  },
};

const readOnly: Scenario = {
  ids: ['F28'],
  name: 'PostgreSQL is read-only for 6 s under load',
  within: { recoveryMs: 20_000 },
  play: async (stage) => {
    const { databaseServer, sandbox } = stage.deployment;
    const load = stage.load();
    const sending = load.run(RATE, 10);
    await stage.seconds(2);
    await databaseServer.set('default_transaction_read_only', 'on');
    await stage.seconds(1);
    const before = await sandbox.total();
    await stage.seconds(5);
    const calls = (await sandbox.total()) - before;
    stage.expect('nothing leaves the building', calls === 0, calls);
    await databaseServer.set('default_transaction_read_only', 'off');
    stage.healed();
    await sending;
    await load.answered();
    expectOnly503(stage, load);
  },
};

const slow: Scenario = {
  ids: ['F25', 'slow'],
  name: 'PostgreSQL answers 100 ms late',
  within: { recoveryMs: 20_000, acceptP99Ms: 2_500 },
  play: async (stage) => {
    const wires = [stage.wires.apiDatabase, stage.wires.workerDatabase];
    wires.forEach((wire) => wire.slow(100));
    const load = stage.load();
    await load.run(RATE, 6);
    await load.answered();
    wires.forEach((wire) => wire.slow(0));
    stage.healed();
  },
};

export const postgresql: Family = {
  name: 'postgresql',
  deployment: { ownDatabase: true },
  scenarios: [atAccept, crash, afterYes, hung, lostAnswer, readOnly, slow],
};
