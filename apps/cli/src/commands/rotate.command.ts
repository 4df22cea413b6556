import type { Command } from 'commander';
import { AccountVault, sealedAccountRows } from '#libs/accounts';
import { CHANNELS, ChannelRegistry } from '#libs/channels';
import { loadConfig } from '#libs/config';
import { Database } from '#libs/database';
import { sealedCardCodes, sealedDeliveryCodes } from '#libs/messages';
import { SecretBox, type SealedRows } from '#libs/security';
import { sealedWebhookSecrets } from '#libs/webhooks';
import type { Session } from '../session.js';

const ROWS_AT_ONCE = 100;

export function addRotate(program: Command, session: () => Promise<Session>): void {
  program
    .command('rotate')
    .description('bring every stored secret under the first key of HONGYAN_ENCRYPTION_KEY; needs DATABASE_URL')
    .action(async () => rotate(await session()));
}

async function rotate({ env, say, terminal }: Session): Promise<void> {
  const config = loadConfig(env);
  const database = new Database({
    connectionString: config.databaseUrl,
    maxConnections: 1,
    applicationName: 'hongyan rotate',
  });
  try {
    const box = new SecretBox(config);
    const vault = new AccountVault(new ChannelRegistry(CHANNELS), box);
    const codes = [sealedCardCodes(database, box), sealedDeliveryCodes(database, box)];
    const webhooks = sealedWebhookSecrets(database, box);
    const kinds = [...sealedAccountRows(database, vault, box), ...codes, ...webhooks];
    const result: Record<string, number> = {};
    for (const rows of kinds) {
      result[rows.name] = await rewrapAll(rows);
      terminal.note(say('rewrapped', { rows: rows.name, changed: result[rows.name] ?? 0, key: box.keyId }));
    }
    terminal.json(result);
  } finally {
    await database.close();
  }
}

async function rewrapAll(rows: SealedRows): Promise<number> {
  let changed = 0;
  for (;;) {
    const found = await rows.rewrapSome(ROWS_AT_ONCE);
    changed += found;
    if (found < ROWS_AT_ONCE) return changed;
  }
}
