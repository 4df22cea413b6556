import type { Command } from 'commander';
import type { JsonObject } from '#libs/core';
import { shownOf } from '../api-client.js';
import { collect, wholeNumber } from '../arguments.js';
import { KEY_COLUMNS } from '../message-view.js';
import type { Session } from '../session.js';

interface CreateOptions {
  readonly name: string;
  readonly preset: string;
  readonly template?: readonly string[];
  readonly account?: readonly string[];
  readonly ip?: readonly string[];
  readonly expires?: string;
}

export function addKeys(program: Command, session: () => Promise<Session>): void {
  const keys = program.command('keys').description('the keys of callers');
  keys
    .command('list')
    .description('all keys, newest first')
    .action(async () => list(await session()));
  keys
    .command('create <caller>')
    .description('make a key; it is shown once')
    .requiredOption('--name <name>', 'what it is for')
    .option('--preset <preset>', 'caller, viewer, operator or admin', 'caller')
    .option('--template <code>', 'only these templates, * at the end is a wildcard; several times', collect)
    .option('--account <code>', 'only these accounts; several times', collect)
    .option('--ip <range>', 'only from these addresses; several times', collect)
    .option('--expires <time>', 'when it ends, for example 2027-11-22T00:00:00Z')
    .action(async (caller: string, options: CreateOptions) => create(await session(), caller, options));
  keys
    .command('rotate <id>')
    .description('make a key with the same rights; the old one stays valid for a while')
    .option('--overlap <seconds>', 'how long the old one stays valid; a day without it', wholeNumber)
    .action(async (id: string, { overlap }: { readonly overlap?: number }) => {
      const opened = await session();
      const body = overlap === undefined ? {} : { overlapSeconds: overlap };
      show(opened, await opened.api.post(`/v1/api-keys/${encodeURIComponent(id)}/rotate`, body));
    });
  keys
    .command('revoke <id>')
    .description('end a key now')
    .action(async (id: string) => {
      const { api, terminal, say } = await session();
      await api.delete(`/v1/api-keys/${encodeURIComponent(id)}`);
      terminal.note(say('revoked', { id }));
      terminal.json({ id, revoked: true });
    });
}

async function list({ api, terminal, say }: Session): Promise<void> {
  const keys: JsonObject[] = [];
  for await (const key of api.list('/v1/api-keys', { limit: 200 })) keys.push(key);
  terminal.json(keys);
  if (keys.length === 0) terminal.note(say('nothingFound'));
  else terminal.table(KEY_COLUMNS, keys);
}

async function create(session: Session, caller: string, options: CreateOptions): Promise<void> {
  const issued = await session.api.post('/v1/api-keys', {
    caller,
    name: options.name,
    preset: options.preset,
    ...(options.template && { templates: [...options.template] }),
    ...(options.account && { accounts: [...options.account] }),
    ...(options.ip && { ipRanges: [...options.ip] }),
    ...(options.expires !== undefined && { expiresAt: options.expires }),
  });
  show(session, issued);
}

function show({ terminal, say }: Session, issued: JsonObject): void {
  terminal.note(say('keyOnce'));
  terminal.json(issued);
  terminal.line(shownOf(issued['key']));
}
