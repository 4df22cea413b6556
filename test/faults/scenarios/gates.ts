import { channelNamed, type GivenTemplate } from '../../e2e/given.js';
import { quantile } from '../parts/judge.js';
import type { Load } from '../parts/load.js';
import type { StoredDelivery } from '../parts/records.js';
import type { Family, Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const OUTAGE_S = 10;
const MOST_PROBES_PER_S = 2;
const DRAIN_MS = 5_000;

const CONNECTING = 'hongyan-test connects to';
/** Says of each connection that is tried for a call where it goes: nothing can be asked that refuses them. */
const TELLING = `
  import { subscribe } from 'node:diagnostics_channel';
  subscribe('undici:client:beforeConnect', ({ connectParams: { port } }) =>
    process.stderr.write(\`${CONNECTING} \${port}.\\n\`));`;

/** Connections to the vendors that all workers tried so far. */
function connectionsTried({ deployment, wires }: Stage): number {
  const said = `${CONNECTING} ${wires.vendor.port}.`;
  return deployment.workers.reduce((sum, { output }) => sum + output.split(said).length - 1, 0);
}

const countOf = (deliveries: readonly StoredDelivery[], test: (delivery: StoredDelivery) => boolean): number =>
  deliveries.filter(test).length;

/** So many of the scenario's deliveries wait for this reason. */
async function waiting(stage: Stage, reason: string, count: number): Promise<void> {
  await stage.until(`${count} that wait: ${reason}`, async () => {
    const deliveries = await stage.records.deliveries();
    return countOf(deliveries, (one) => one.status === 'scheduled' && one.reason === reason) === count;
  });
}

const probes: Scenario = {
  ids: ['F32', 'breaker'],
  name: 'The vendor refuses connections for ten seconds more after the breaker has opened',
  workers: 2,
  play: async (stage) => {
    const { deployment, wires } = stage;
    await deployment.stopWorkers();
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELLING)}` };
    await Promise.all([deployment.startWorker(env), deployment.startWorker(env)]);
    await wires.vendor.down();
    const load = stage.load({ risks: ['resent'] });
    load.burst(20);
    await stage.until('an open breaker', async () => {
      const { health } = await deployment.api.read(`/v1/accounts/${stage.templates.resent.account}`);
      return health.reason === 'breaker_open';
    });
    await stage.until('the end of the calls that found out', async () => {
      const deliveries = await stage.records.deliveries();
      return countOf(deliveries, ({ status }) => status === 'sending') === 0;
    });
    const before = connectionsTried(stage);
    await load.run(20, OUTAGE_S);
    const tried = connectionsTried(stage) - before;
    await load.answered();
    await wires.vendor.heal();
    stage.healed();
    stage.note('probes', tried);
    const isFew = tried >= OUTAGE_S / 2 && tried <= MOST_PROBES_PER_S * OUTAGE_S;
    stage.expect('both workers together try once or twice a second', isFew, tried);
    const healedMs = performance.now();
    await stage.until('the first message', async () => (await stage.waitsMs(load)).length > 0);
    const drainMs = Math.round(performance.now() - healedMs);
    stage.note('first message after ms', drainMs);
    stage.expect('what waits begins to leave within 5 s', drainMs <= DRAIN_MS, drainMs);
  },
  verify: async (stage) => {
    const used = (await stage.records.deliveries()).filter(
      ({ attempts, status }) => `${status} ${attempts}` !== 'sent 1',
    );
    stage.expect('each is sent with its first attempt', used.length === 0, used);
    await stage.deployment.stopWorkers();
  },
};

const WRONG = 'a-wrong-secret';
const HOPELESS = 300;
const MOST_TOKEN_CALLS = 10;

/** What an operator does who has found out. */
async function replaceSecret({ deployment: { api } }: Stage, account: string): Promise<void> {
  const { baseUrl, config, name } = await api.read(`/v1/accounts/${account}`);
  const { corpSecret = null } = channelNamed('wecom-app').sandbox.account;
  const { body, status } = await api.put(`/v1/accounts/${account}`, {
    name,
    baseUrl,
    config: { ...config, corpSecret },
    limits: NO_LIMITS,
  });
  if (status !== 200) throw new Error(`The secret was not replaced: ${status} ${JSON.stringify(body)}`);
}

const NO_LIMITS = Object.fromEntries(channelNamed('wecom-app').limits.map(({ key }) => [key, null]));

const wrongSecret: Scenario = {
  ids: ['F38'],
  name: 'An account has a wrong secret until somebody replaces it',
  workers: 2,
  play: async (stage) => {
    const { api, given, sandbox } = stage.deployment;
    const account = await given.account('wecom-app', { config: { corpSecret: WRONG } });
    const held = await given.template('wecom-app', { account, onAmbiguous: 'hold' });
    const before = await sandbox.count('/cgi-bin/gettoken');
    const load = stage.load({ risks: ['held'], templates: { ...stage.templates, held } });
    await load.run(HOPELESS / 6, 6);
    await load.answered();
    await waiting(stage, 'account_paused', load.submitted.length);
    const { pausedBy, pausedReason, status } = await api.read(`/v1/accounts/${account}`);
    const seen = [status, pausedBy, pausedReason].join(' ');
    stage.expect('the account says why it is paused', seen === 'paused credentials secret_wrong', seen);
    const fetched = (await sandbox.count('/cgi-bin/gettoken')) - before;
    stage.note('token calls', fetched);
    stage.expect('the vendor was asked at most ten times', fetched > 0 && fetched <= MOST_TOKEN_CALLS, fetched);
    await replaceSecret(stage, account);
    stage.healed();
  },
  verify: async (stage) => {
    stage.expectEndings({ held: ['sent', 1] });
    const used = (await stage.records.deliveries()).filter(({ attempts }) => attempts !== 1);
    stage.expect('waiting has used no attempt', used.length === 0, used);
  },
};

const ROBOT_MINUTE = 20;
const FLOOD = 30;
/** Robots of their own: to the vendor, accounts with one token are one robot. */
const ROBOTS = ['b02', 'b03'].map((ending) => `d1a9${ending.padStart(60, '0')}`);

async function robot({ deployment: { given } }: Stage, webhook: string | undefined): Promise<GivenTemplate> {
  const config = { webhook: webhook ?? null };
  const account = await given.account('dingtalk-robot', { config, limits: { highReserve: 0 } });
  return given.template('dingtalk-robot', { account, onAmbiguous: 'resend' });
}

/** What waits behind the limit would wait for a minute: it is recalled. */
async function recallWaiting(stage: Stage, flood: Load): Promise<void> {
  const { api } = stage.deployment;
  const ids = flood.submitted.slice(ROBOT_MINUTE).flatMap((message) => [...message.ids]);
  await Promise.all(ids.map((id) => api.do(`/v1/messages/${id}/recall`)));
}

const robotMinute: Scenario = {
  ids: ['F39'],
  name: 'One robot gets more than its minute allows; the messages of another robot pass by',
  workers: 2,
  may: { ended: 'what found no room in the minute is recalled, so that the scenario is short' },
  play: async (stage) => {
    const { sandbox } = stage.deployment;
    const [quiet, busy] = await Promise.all(ROBOTS.map((token) => robot(stage, token)));
    if (!quiet || !busy) throw new Error('There are no two robots');
    const client = (template: GivenTemplate): Load =>
      stage.load({ risks: ['protected'], templates: { ...stage.templates, protected: template } });
    const flood = client(busy);
    const [alone, beside] = [client(quiet), client(quiet)];
    await sandbox.enforceLimits(true);
    try {
      await alone.run(2, 4);
      await alone.answered();
      const passing = beside.run(2, 4);
      for (let sent = 0; sent < FLOOD; sent += 1) {
        flood.burst(1);
        await flood.answered();
      }
      await passing;
      await beside.answered();
      await stage.until('the others', async () => (await stage.waitsMs(beside)).length === beside.submitted.length);
      await waiting(stage, 'rate_limited', FLOOD - ROBOT_MINUTE);
      await expectInLine(stage, flood);
      await expectUnhindered(stage, alone, beside);
      await recallWaiting(stage, flood);
    } finally {
      await sandbox.enforceLimits(false);
    }
  },
  verify: (stage) => {
    const statuses = stage.endings().map(({ copies, status }) => `${status} ×${copies}`);
    const canceled = statuses.filter((status) => status === 'canceled ×0').length;
    const sent = statuses.filter((status) => status === 'sent ×1').length;
    const isSo = canceled === FLOOD - ROBOT_MINUTE && sent + canceled === statuses.length;
    stage.expect('the ten that waited are canceled, everything else is sent', isSo, statuses);
  },
};

/** The vendor was asked as often as a minute allows; those that came last wait, untried. */
async function expectInLine(stage: Stage, { submitted }: Load): Promise<void> {
  const prefix = submitted[0]?.text.replace(/\d+\.$/, '') ?? '';
  const calls = await stage.deployment.sandbox.requests(prefix);
  stage.note('calls of the busy robot', calls.length);
  stage.expect('the vendor never saw more than the minute allows', calls.length === ROBOT_MINUTE, calls.length);
  const last = (await stage.records.deliveries(prefix)).slice(ROBOT_MINUTE);
  const seen = last.map(({ attempts, reason, status }) => `${status} ${reason} ${attempts}`);
  const others = seen.filter((one) => one !== 'scheduled rate_limited 0');
  stage.expect('the last ten wait with no attempt', last.length === FLOOD - ROBOT_MINUTE && others.length === 0, seen);
}

async function expectUnhindered(stage: Stage, alone: Load, beside: Load): Promise<void> {
  const [before, during] = [quantile(await stage.waitsMs(alone), 1), quantile(await stage.waitsMs(beside), 1)];
  stage.note('others alone ms', before);
  stage.note('others beside ms', during);
  stage.expect('they take no longer than without', during <= Math.max(1_000 * stage.slowness, 2 * before), during);
}

export const gates: Family = { name: 'gates', scenarios: [probes, wrongSecret, robotMinute] };
