import type { Command } from 'commander';
import { objectsOf, type JsonObject } from '#libs/core';
import { shownOf } from '../api-client.js';
import { collect, instantOf, jsonFile, paramOf, recipientOf, wholeNumber } from '../arguments.js';
import { CommandFailure, EXIT } from '../failures.js';
import { countsText, endedWell } from '../message-view.js';
import type { Session } from '../session.js';
import { followMessage } from './watch.command.js';

interface SendOptions {
  readonly to?: readonly string[];
  readonly param?: readonly string[];
  readonly params?: string;
  readonly channel?: string;
  readonly account?: string;
  readonly businessKey?: string;
  readonly priority?: string;
  readonly at?: string;
  readonly delay?: number;
  readonly dryRun?: boolean;
  readonly wait?: boolean;
}

export function addSend(program: Command, session: () => Promise<Session>): void {
  program
    .command('send <template>')
    .description('send one message')
    .option('-t, --to <recipient>', 'user id, mobile:…, email:…, department:…, tag:…, all; several times', collect)
    .option('-p, --param <name=value>', 'a variable of the template; several times', collect)
    .option('--params <file>', 'all variables, as a JSON object in a file')
    .option('--channel <name>', 'only this channel of the template')
    .option('--account <code>', 'only this account of the template')
    .option('--business-key <key>', 'a second message with this key is not sent')
    .option('--priority <priority>', 'high, normal or low')
    .option('--at <time>', 'not before', instantOf)
    .option('--delay <seconds>', 'not before so many seconds are over', wholeNumber)
    .option('--dry-run', 'say what would happen')
    .option('-w, --wait', 'show what happens until it is over')
    .action(async (template: string, options: SendOptions) => send(await session(), template, options));
}

async function send(session: Session, template: string, options: SendOptions): Promise<void> {
  const { api, terminal, say } = session;
  const body = await bodyOf(template, options);
  if (options.dryRun) {
    const preview = await api.post('/v1/messages', body, { dryRun: 'true' });
    terminal.note(say('dryRun'));
    terminal.json(preview);
    for (const line of JSON.stringify(preview, null, 2).split('\n')) terminal.line(line);
    return;
  }
  const message = await api.post('/v1/messages', body);
  const id = shownOf(message['id']);
  terminal.note(say(message['duplicate'] === true ? 'duplicate' : 'accepted', { id }));
  if (!options.wait) {
    terminal.json(message);
    terminal.line(id);
    return;
  }
  const ended = await followMessage(session, id);
  terminal.note(say('messageEnded', { id, status: `${shownOf(ended['status'])} (${countsText(ended['counts'])})` }));
  terminal.json(ended);
  if (!endedWell(ended)) throw new CommandFailure(firstReason(ended), EXIT.unsuccessful);
}

async function bodyOf(template: string, options: SendOptions): Promise<JsonObject> {
  const params = {
    ...(options.params !== undefined && (await jsonFile(options.params))),
    ...Object.fromEntries((options.param ?? []).map(paramOf)),
  };
  return {
    template,
    ...(options.to && { recipients: options.to.map(recipientOf) }),
    ...(Object.keys(params).length > 0 && { params }),
    ...(options.channel !== undefined && { channel: options.channel }),
    ...(options.account !== undefined && { account: options.account }),
    ...(options.businessKey !== undefined && { businessKey: options.businessKey }),
    ...(options.priority !== undefined && { priority: options.priority }),
    ...(options.at !== undefined && { sendAt: options.at }),
    ...(options.delay !== undefined && { delaySeconds: options.delay }),
  };
}

function firstReason(message: JsonObject): string {
  const reasons = objectsOf(message['deliveries']).map((delivery) => shownOf(delivery['reason']));
  return [shownOf(message['status']), shownOf(message['reason']) || reasons.find(Boolean) || '']
    .filter(Boolean)
    .join(': ');
}
