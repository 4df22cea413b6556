import type { QueryRunner } from 'typeorm';
import { migrate } from '#libs/database';
import { MIGRATIONS } from '../../../migrations/index.js';
import type { Load } from '../parts/load.js';
import type { Family, Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

const RATE = 20;
const LONGEST_S = 90;
const RUNNERS = 3;
const TABLES = ['message', 'delivery', 'recipient', 'attempt', 'account'] as const;

/** What the next release could bring: columns with and without a default in every hot table, and a table of its own. */
class NextRelease9000000000001 {
  name = 'NextRelease9000000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(
        `ALTER TABLE ${table} ADD COLUMN next_note text, ADD COLUMN next_count integer NOT NULL DEFAULT 0`,
      );
    }
    await runner.query('CREATE TABLE next_thing (id uuid PRIMARY KEY, note text)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE next_thing');
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} DROP COLUMN next_note, DROP COLUMN next_count`);
    }
  }
}

const AHEAD = [...MIGRATIONS, NextRelease9000000000001];

/** So many runners at once; answers what each of them did. */
const moveOn = ({ deployment }: Stage): Promise<readonly string[][]> =>
  Promise.all(
    Array.from({ length: RUNNERS }, async () => [
      ...(await migrate({ databaseUrl: deployment.databaseUrl, migrations: AHEAD })),
    ]),
  );

/** The schema is one migration behind again. */
async function moveBack({ deployment }: Stage): Promise<void> {
  const run = { query: (text: string) => deployment.query(text) } as unknown as QueryRunner;
  await new NextRelease9000000000001().down(run);
  await deployment.query(`DELETE FROM schema_migration WHERE name LIKE 'NextRelease%'`);
}

async function isAhead({ deployment }: Stage): Promise<boolean> {
  const [row] = await deployment.query<{ found: boolean }>(`SELECT to_regclass('next_thing') IS NOT NULL AS found`);
  return row?.found ?? false;
}

function expectNoRefusal(stage: Stage, load: Load): void {
  const refused = load.submitted.filter(({ refusals }) => refusals.size > 0);
  stage.expect('no request was refused', refused.length === 0, refused.length);
}

const migrated: Scenario = {
  ids: ['F30'],
  name: 'Three runners migrate at once under load, and back',
  workers: 2,
  play: async (stage) => {
    const load = stage.load();
    const sending = load.run(RATE, 8);
    await stage.seconds(2);
    const done = await moveOn(stage);
    const worked = done.filter((names) => names.length > 0);
    stage.expect('one runner did the work, the others found it done', worked.length === 1, done);
    stage.expect('the schema is ahead', await isAhead(stage));
    await stage.seconds(2);
    await moveBack(stage);
    stage.healed();
    await sending;
    await load.answered();
    expectNoRefusal(stage, load);
  },
};

const sideBySide: Scenario = {
  ids: ['F20'],
  name: 'Processes from before a migration work beside processes that were started after it, and after it was taken back',
  workers: 2,
  play: async (stage) => {
    const { deployment } = stage;
    const load = stage.load();
    // A process of a busy machine takes long to start: the load goes on until all of it was seen.
    const sending = load.run(RATE, LONGEST_S);
    await stage.seconds(1);
    await moveOn(stage);
    const [old] = deployment.workers;
    const young = await deployment.startWorker();
    const before = await sentBy(old);
    await stage.until(
      'messages sent by both releases',
      async () => {
        load.burst(10);
        return (await sentBy(young)) > 0 && (await sentBy(old)) > before;
      },
      { intervalMs: 500 },
    );
    stage.expect('the old API still takes messages', deployment.apiIsUp);
    await deployment.stopApi();
    await deployment.startApi();
    await moveBack(stage);
    await stage.seconds(2);
    stage.healed();
    load.stop();
    await sending;
    await load.answered();
    const { status } = await deployment.api.get('/health/ready');
    stage.expect('the API is ready', status === 200, status);
  },
};

/** Deliveries that a worker has ended as sent, by its own count. */
async function sentBy(worker: { readonly url: string } | undefined): Promise<number> {
  if (!worker) throw new Error('There is no such worker');
  const metrics = await (await fetch(`${worker.url}/metrics`)).text();
  const lines = metrics.split('\n').filter((line) => /^hongyan_delivery_outcomes_total.*status="sent"/.test(line));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

export const releases: Family = { name: 'releases', scenarios: [migrated, sideBySide] };
