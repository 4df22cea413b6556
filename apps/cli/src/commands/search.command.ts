import type { Command } from 'commander';
import { objectsOf, type JsonObject } from '#libs/core';
import { instantOf, wholeNumber } from '../arguments.js';
import { HIT_COLUMNS, MESSAGE_COLUMNS } from '../message-view.js';
import type { Session } from '../session.js';

interface SearchOptions {
  readonly template?: string;
  readonly channel?: string;
  readonly account?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly recipient?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

export function addSearch(program: Command, session: () => Promise<Session>): void {
  program
    .command('search [words]')
    .description('find a person, message, business key, provider id or template; without words: list messages')
    .option('--template <codes>', 'messages of these templates')
    .option('--channel <names>', 'messages on these channels')
    .option('--account <codes>', 'messages through these accounts')
    .option('--status <states>', 'messages in these states')
    .option('--reason <codes>', 'messages that ended or wait for these reasons')
    .option('--recipient <recipient>', 'messages to this recipient')
    .option('--from <time>', 'accepted since: a time, or 15m, 2h, 7d ago', instantOf)
    .option('--to <time>', 'accepted before', instantOf)
    .option('-n, --limit <count>', 'at most so many', wholeNumber, 50)
    .action(async (words: string | undefined, options: SearchOptions) => {
      const opened = await session();
      return words === undefined ? listMessages(opened, options) : find(opened, words, options.limit);
    });
}

async function find({ api, terminal, say }: Session, words: string, limit: number): Promise<void> {
  const hits = objectsOf((await api.get('/v1/search', { q: words, limit: Math.min(limit, 50) }))['data']);
  if (hits.length === 0) terminal.note(say('nothingFound'));
  terminal.json([...hits]);
  if (hits.length > 0) terminal.table(HIT_COLUMNS, hits);
}

async function listMessages({ api, terminal, say }: Session, options: SearchOptions): Promise<void> {
  const { from, limit, to, ...filters } = options;
  const query = { ...filters, createdAfter: from, createdBefore: to, limit: Math.max(1, Math.min(limit, 200)) };
  const messages: JsonObject[] = [];
  for await (const message of api.list('/v1/messages', query, limit)) messages.push(message);
  if (messages.length === 0) terminal.note(say('nothingFound'));
  terminal.json(messages);
  if (messages.length > 0) terminal.table(MESSAGE_COLUMNS, messages);
}
