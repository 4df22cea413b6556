import type { Command } from 'commander';
import { loadConfig } from '#libs/config';
import { migrate } from '#libs/database';
import { migrateQueue } from '#libs/queue';
import { MIGRATIONS } from '../../../../migrations/index.js';
import type { Session } from '../session.js';

export function addMigrate(program: Command, session: () => Promise<Session>): void {
  program
    .command('migrate')
    .description('bring the schema up to date, and that of the queue where it lives in PostgreSQL; needs DATABASE_URL')
    .action(async () => {
      const { env, say, terminal } = await session();
      const config = loadConfig(env);
      const done = await migrate({ databaseUrl: config.databaseUrl, migrations: MIGRATIONS });
      await migrateQueue(config);
      terminal.note(done.length === 0 ? say('upToDate') : say('migrated', { migrations: done.join(', ') }));
      terminal.json({ migrated: [...done] });
    });
}
