import type { Family, Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const RATE = 40;
const UNCLEAR = 'nobody knows whether the call arrived; their template says hold';
const COPY = 'a WeCom robot cannot tell a copy';
/** The calls that carry messages, of all channels here. */
const SENDS = ['message/send', 'webhook/send', 'robot/send'] as const;

/** A call was made for each message. */
async function allTried(stage: Stage): Promise<void> {
  await stage.until('a try of each message', async () => {
    const stored = await stage.records.list();
    return stored.every(({ attempts }) => attempts > 0);
  });
}

const hangAfter: Scenario = {
  ids: ['F31'],
  name: 'Every twentieth call is taken by the vendor and never answered',
  may: { resent: COPY, unknown: UNCLEAR },
  play: async (stage) => {
    for (const endpoint of SENDS) await stage.likely({ type: 'hang', when: 'after' }, endpoint, 0.05);
    const load = stage.load();
    await load.run(RATE, 6);
    await load.answered();
    await allTried(stage);
    await stage.deployment.sandbox.clearFaults();
    stage.healed();
  },
  verify: (stage) => {
    const unclear = stage.endings().filter((ending) => ending.unclear > 0);
    stage.note('unclear', unclear.length);
    stage.expect('some calls were never answered', unclear.length > 2, unclear.length);
  },
};

const away: Scenario = {
  ids: ['F32'],
  name: 'The vendors cut their connections under load and refuse new ones for 8 s',
  // Only of calls that were open when the connections were cut.
  may: { resent: COPY, unknown: UNCLEAR },
  within: { recoveryMs: 10_000 },
  play: async (stage) => {
    const load = stage.load();
    const sending = load.run(RATE, 11);
    await stage.seconds(2);
    await stage.wires.vendor.down();
    await stage.seconds(8);
    await stage.wires.vendor.heal();
    stage.healed();
    await sending;
  },
  verify: (stage) => {
    const { attempts, delivered } = stage.figures();
    stage.note('attempts per delivered', Math.round((attempts / delivered) * 100) / 100);
  },
};

const garbage: Scenario = {
  ids: ['F33', 'F34'],
  name: 'The vendors answer 500, 502 with HTML, garbage, half an answer, busy, resets',
  may: { resent: COPY, unknown: UNCLEAR },
  play: async (stage) => {
    const faults = [
      { type: 'http', status: 500, when: 'before' },
      { type: 'http', status: 502, body: '<html>Bad Gateway</html>', when: 'after' },
      { type: 'garbage', when: 'after' },
      { type: 'cut-body', when: 'after' },
      { type: 'errcode', code: -1, when: 'before' },
      { type: 'reset', when: 'after' },
      { type: 'reset', when: 'before' },
    ];
    for (const fault of faults) for (const endpoint of SENDS) await stage.likely(fault, endpoint, 0.02);
    const load = stage.load();
    await load.run(RATE, 6);
    await load.answered();
    await allTried(stage);
    await stage.deployment.sandbox.clearFaults();
    stage.healed();
  },
};

const throttled: Scenario = {
  ids: ['F33', 'throttled'],
  name: 'The vendors answer 503 and 429 for 4 s under load',
  within: { recoveryMs: 30_000 },
  play: async (stage) => {
    const load = stage.load();
    const sending = load.run(RATE, 7);
    await stage.seconds(1.5);
    for (const endpoint of SENDS) {
      await stage.likely({ type: 'http', status: 429, when: 'before' }, endpoint, 0.5);
      await stage.fault({ type: 'http', status: 503, when: 'before' }, endpoint);
    }
    await stage.seconds(4);
    await stage.deployment.sandbox.clearFaults();
    stage.healed();
    await sending;
  },
};

const blackHole: Scenario = {
  ids: ['F35'],
  name: 'The connections to the vendors become black holes for 12 s',
  may: { resent: COPY, unknown: UNCLEAR },
  play: async (stage) => {
    const load = stage.load();
    load.burst(30);
    await load.answered();
    await stage.until('delivered messages', async () => (await stage.records.open()) === 0);
    stage.wires.vendor.hold();
    const others = stage.load();
    others.burst(30);
    await stage.seconds(12);
    stage.wires.vendor.drop();
    await stage.wires.vendor.heal();
    stage.healed();
  },
};

const revoked: Scenario = {
  ids: ['F36'],
  name: 'The vendor ends the access token early, under load',
  play: async (stage) => {
    const { sandbox } = stage.deployment;
    const load = stage.load({ risks: ['held'] });
    load.burst(5);
    await stage.until('a token', async () => (await stage.records.open()) === 0);
    const before = await sandbox.count('/cgi-bin/gettoken');
    const sending = load.run(RATE, 5);
    await stage.seconds(2);
    await sandbox.revokeTokens('wwsandbox00000001:1000002');
    stage.healed();
    await sending;
    await load.answered();
    await stage.until('the end of all', async () => (await stage.records.open()) === 0);
    const fetched = (await sandbox.count('/cgi-bin/gettoken')) - before;
    stage.expect('one new token was fetched', fetched === 1, fetched);
  },
};

const stampede: Scenario = {
  ids: ['F37'],
  name: 'Two workers with cold caches need a token for 100 messages at once',
  workers: 2,
  play: async (stage) => {
    const { deployment } = stage;
    await deployment.stopWorkers();
    await deployment.query('DELETE FROM access_token');
    const before = await deployment.sandbox.count('/cgi-bin/gettoken');
    await deployment.sandbox.fault({ type: 'delay', ms: 1_000 }, { endpoint: 'gettoken' });
    const load = stage.load({ risks: ['held'] });
    load.burst(100);
    await load.answered();
    await Promise.all([deployment.startWorker(), deployment.startWorker()]);
    await stage.until('the end of all', async () => (await stage.records.open()) === 0);
    const fetched = (await deployment.sandbox.count('/cgi-bin/gettoken')) - before;
    stage.expect('the token was fetched once', fetched === 1, fetched);
  },
};

const AHEAD = 'const now = Date.now; Date.now = () => now() + 1_800_000;';

const skewed: Scenario = {
  ids: ['F42'],
  name: 'The clock of the worker is half an hour ahead',
  play: async (stage) => {
    const { deployment } = stage;
    await deployment.stopWorkers();
    await deployment.startWorker({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(AHEAD)}` });
    // Some calls fail first, so that there is something to wait for.
    for (const endpoint of SENDS) await stage.fault({ type: 'errcode', code: -1 }, endpoint, 3);
    const load = stage.load();
    load.burst(30);
    await load.answered();
    await stage.until('the end of all', async () => (await stage.records.open()) === 0);
    await deployment.stopWorkers();
  },
};

export const provider: Family = {
  name: 'provider',
  scenarios: [hangAfter, away, garbage, throttled, blackHole, revoked, stampede, skewed],
};
