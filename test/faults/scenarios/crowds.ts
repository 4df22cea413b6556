import { Database } from '#libs/database';
import type { GivenTemplate } from '../../e2e/given.js';
import { quantile } from '../parts/judge.js';
import type { Load } from '../parts/load.js';
import { Backlog } from '../parts/backlog.js';
import type { Family, Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const firstTries = ({ submitted }: Load): number[] => submitted.flatMap(({ firstTryMs }) => firstTryMs ?? []);

/** The second load takes no longer than the first one, but for what a busy machine does. */
function expectUnchanged(
  stage: Stage,
  what: string,
  [before, during]: readonly [readonly number[], readonly number[]],
): void {
  const [calm, crowded] = [quantile(before, 0.95), quantile(during, 0.95)].map(Math.round) as [number, number];
  stage.note(`${what} before ms`, calm);
  stage.note(`${what} during ms`, crowded);
  stage.expect(`${what} is unchanged`, crowded <= Math.max(500 * stage.slowness, 3 * calm), [calm, crowded]);
}

const READERS = 60;
const LOCKED_S = 6;

/** Requests that ask for a table which nobody can read; answers the statuses they got. */
async function readInVain({ deployment }: Stage): Promise<readonly number[]> {
  const locker = new Database({
    connectionString: deployment.databaseUrl,
    maxConnections: 1,
    applicationName: 'locker',
  });
  const statuses: number[] = [];
  try {
    await locker.transaction(async (sql) => {
      await sql.query('LOCK TABLE asset IN ACCESS EXCLUSIVE MODE');
      const readers = Array.from({ length: READERS }, async () => {
        statuses.push((await deployment.api.get('/v1/assets')).status);
      });
      // The last second of the lock is long enough for those that wait for a connection to be told so.
      await new Promise((resolve) => setTimeout(resolve, LOCKED_S * 1_000));
      void Promise.allSettled(readers);
    });
  } finally {
    await locker.close();
  }
  return statuses;
}

const exhausted: Scenario = {
  ids: ['F29'],
  name: 'Sixty readers hold every connection of their pool for six seconds; messages pass by',
  play: async (stage) => {
    const [alone, beside] = [stage.load(), stage.load()];
    await alone.run(20, 3);
    await alone.answered();
    const reading = readInVain(stage);
    await stage.seconds(0.5);
    await beside.run(20, LOCKED_S - 1);
    await beside.answered();
    const statuses = await reading;
    stage.healed();
    expectUnchanged(stage, 'accepting', [firstTries(alone), firstTries(beside)]);
    const kinds = [...new Set(statuses)];
    stage.note('readers answered while locked', statuses.length);
    stage.expect(
      'who finds no connection is told to come again',
      kinds.every((status) => status === 503),
      kinds,
    );
    await stage.until(
      'readers are served again',
      async () => (await stage.deployment.api.get('/v1/assets')).status === 200,
    );
  },
};

const BACKLOG = Number(process.env['FAULTS_BACKLOG'] ?? 50_000);
const REDIS_MOST_BYTES = 60 * 1024 * 1024;
const SWEEP_MOST_MS = 20;

const backlog: Scenario = {
  ids: ['F46'],
  name: `${BACKLOG.toLocaleString('en')} messages wait for an account that is paused; those of others pass by`,
  workers: 2,
  play: async (stage) => {
    const { deployment } = stage;
    const waiting = await Backlog.begin(deployment, stage.prefix);
    try {
      const [alone, beside] = [stage.load(), stage.load()];
      await alone.run(30, 4);
      await alone.answered();
      await stage.until('the end of the first', async () => (await stage.records.open()) === 0);
      await waiting.grow(BACKLOG);
      await beside.run(30, 6);
      await beside.answered();
      stage.healed();
      await stage.until('the end of the others', async () => (await stage.records.open()) === 0);
      expectUnchanged(stage, 'accepting', [firstTries(alone), firstTries(beside)]);
      expectUnchanged(stage, 'sending', [await stage.waitsMs(alone), await stage.waitsMs(beside)]);
      const bytes = await deployment.redis.usedBytes();
      stage.note('redis MiB', Math.round(bytes / 1024 / 1024));
      stage.expect('Redis stays below 60 MiB', bytes <= REDIS_MOST_BYTES, bytes);
      const sweepMs = await waiting.sweepMs();
      stage.note('pairs ms', sweepMs);
      const most = SWEEP_MOST_MS * stage.slowness;
      stage.expect('the sweep finds the accounts that wait in 20 ms', sweepMs <= most, sweepMs);
    } finally {
      await waiting.end();
    }
  },
};

const PER_SECOND = 10;
const CROWD = 200;
/**
 * They are let go one after the other, a tenth of a second apart. On a machine that stalls a slot grows too old for its
 * call: the message takes another one, behind those that are on their way.
 */
const OUT_OF_PLACE = PER_SECOND;
/** The permitted pace, with what our windows are longer than the vendor's. */
const PACE_TIMES = 1.3;

async function robot({ deployment: { given } }: Stage, limits: Record<string, number | null>): Promise<GivenTemplate> {
  const config = { openConversationId: 'cidSandboxGroup01==' };
  const account = await given.account('dingtalk-app-robot', { config, limits });
  return given.template('dingtalk-app-robot', { account, onAmbiguous: 'resend' });
}

const paced: Scenario = {
  ids: ['PACE', 'F39'],
  name: 'Two hundred messages wait for a robot that may send ten a second; another robot does not notice',
  workers: 2,
  play: async (stage) => {
    const [busy, quiet] = await Promise.all([
      robot(stage, { perSecond: PER_SECOND, highReserve: 0 }),
      robot(stage, { perSecond: null }),
    ]);
    const client = (template: GivenTemplate): Load =>
      stage.load({ risks: ['protected'], templates: { ...stage.templates, protected: template } });
    const crowd = client(busy);
    const [alone, beside] = [client(quiet), client(quiet)];
    await alone.run(4, 5);
    await alone.answered();
    for (let sent = 0; sent < CROWD; sent += 1) {
      crowd.burst(1);
      await crowd.answered();
    }
    stage.healed();
    await beside.run(4, 8);
    await beside.answered();
    await stage.until('the end of all', async () => (await stage.records.open()) === 0, { deadlineMs: 60_000 });
    expectUnchanged(stage, 'sending of the other', [await stage.waitsMs(alone), await stage.waitsMs(beside)]);
    expectPace(stage, crowd);
  },
  verify: async (stage) => {
    const deliveries = await stage.records.deliveries();
    const others = deliveries.filter(({ attempts, status }) => `${status} ${attempts}` !== 'sent 1');
    stage.expect('each is sent with its first attempt', others.length === 0, others.slice(0, 5));
  },
};

/** The permitted number in any ten seconds, all of the time that it takes, oldest first. */
function expectPace(stage: Stage, { submitted }: Load): void {
  const shown = submitted
    .map(({ text }, place) => ({ place, atMs: stage.vendor.copiesOf(text)[0]?.atMs ?? Infinity }))
    .sort((one, other) => one.atMs - other.atMs);
  const [first, last] = [shown[0]?.atMs ?? 0, shown.at(-1)?.atMs ?? Infinity];
  stage.note('crowd s', Math.round((last - first) / 100) / 10);
  const inTenSeconds = shown.map(
    ({ atMs }) => shown.filter((one) => one.atMs >= atMs && one.atMs < atMs + 10_000).length,
  );
  const most = Math.max(...inTenSeconds);
  stage.expect('no more than the robot may send', most <= 11 * PER_SECOND, most);
  const seconds = (last - first) / 1_000;
  const mostSeconds = (PACE_TIMES * CROWD * stage.slowness) / PER_SECOND;
  stage.expect('hardly slower than it may send', seconds <= mostSeconds, seconds);
  const farthest = Math.max(...shown.map(({ place }, index) => Math.abs(place - index)));
  stage.note('farthest out of place', farthest);
  stage.expect('oldest first', farthest <= OUT_OF_PLACE * stage.slowness, farthest);
}

export const crowds: Family = { name: 'crowds', scenarios: [exhausted, backlog, paced] };
