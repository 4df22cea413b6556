import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { objectsOf, type JsonObject } from '#libs/core';
import { shownOf } from '../api-client.js';
import { wholeNumber } from '../arguments.js';
import { CommandFailure, EXIT } from '../failures.js';
import { MESSAGE_COLUMNS, endedWell, eventLine, isOpen } from '../message-view.js';
import type { Session } from '../session.js';

const MESSAGE_POLL_MS = 500;
const LOG_POLL_MS = 2_000;
/** Ids of the log remembered as shown: more than ever arrive between two looks. */
const MOST_REMEMBERED = 10_000;

interface WatchOptions {
  readonly template?: string;
  readonly status?: string;
  readonly seconds?: number;
}

export function addWatch(program: Command, session: () => Promise<Session>): void {
  program
    .command('watch [message]')
    .description('show what happens to one message until it is over, or new messages as they arrive')
    .option('--template <code>', 'only messages of this template')
    .option('--status <status>', 'only messages in this state')
    .option('--seconds <count>', 'stop after so long', wholeNumber)
    .action(async (message: string | undefined, options: WatchOptions) => {
      const opened = await session();
      if (message === undefined) return watchLog(opened, options);
      const ended = await followMessage(opened, message);
      opened.terminal.note(opened.say('messageEnded', { id: message, status: shownOf(ended['status']) }));
      if (!endedWell(ended)) throw new CommandFailure(shownOf(ended['status']), EXIT.unsuccessful);
    });
}

/** Prints each event of a message once; answers the message in its final state. */
export async function followMessage({ api, terminal }: Session, id: string): Promise<JsonObject> {
  const shown = new Set<string>();
  for (;;) {
    const message = await api.get(`/v1/messages/${encodeURIComponent(id)}`);
    const events = objectsOf((await api.get(`/v1/messages/${encodeURIComponent(id)}/timeline`))['data']);
    for (const event of events.filter((candidate) => !shown.has(JSON.stringify(candidate)))) {
      shown.add(JSON.stringify(event));
      terminal.json(event);
      terminal.line(eventLine(event));
    }
    if (!isOpen(message)) return message;
    await delay(MESSAGE_POLL_MS);
  }
}

async function watchLog(session: Session, options: WatchOptions): Promise<void> {
  const { api, terminal, say } = session;
  terminal.note(say('watching'));
  const until = options.seconds === undefined ? Infinity : performance.now() + options.seconds * 1_000;
  const since = new Date().toISOString();
  const seen = new Set<string>();
  const query = { template: options.template, status: options.status, createdAfter: since, limit: 200 };
  while (performance.now() < until) {
    const page = await api.get('/v1/messages', query);
    const fresh = objectsOf(page['data']).filter(({ id }) => !seen.has(shownOf(id)));
    for (const message of fresh.toReversed()) {
      remember(seen, shownOf(message['id']));
      terminal.json(message);
      terminal.line(MESSAGE_COLUMNS.map(([, show]) => show(message)).join('  '));
    }
    await delay(LOG_POLL_MS);
  }
}

function remember(seen: Set<string>, id: string): void {
  seen.add(id);
  const [oldest] = seen;
  if (seen.size > MOST_REMEMBERED && oldest !== undefined) seen.delete(oldest);
}
