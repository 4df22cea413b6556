import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { numberOf, objectOf, type JsonObject } from '#libs/core';
import { shownOf } from '../api-client.js';
import { instantOf, jsonFile } from '../arguments.js';
import { CommandFailure, EXIT } from '../failures.js';
import type { Session } from '../session.js';

const POLL_MS = 500;
/** Results that went wrong and are shown; the rest is in the API. */
const MOST_SHOWN = 20;

interface RecallOptions {
  readonly businessKey?: string;
  readonly template?: string;
  readonly from?: string;
  readonly to?: string;
  readonly correction?: string;
  readonly note?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export function addRecall(program: Command, session: () => Promise<Session>): void {
  program
    .command('recall [messages...]')
    .description('take back messages: those not sent are canceled, those sent are recalled')
    .option('--business-key <key>', 'the message with this business key')
    .option('--template <code>', 'everything made from this template since --from')
    .option('--from <time>', 'with --template: accepted since: a time, or 15m, 2h ago', instantOf)
    .option('--to <time>', 'with --template: accepted before; else now', instantOf)
    .option('--correction <file>', '{"template": …, "params": {…}}, sent to whom the message cannot be taken from')
    .option('--note <text>', 'why; kept with the recall')
    .option('--dry-run', 'say what would happen')
    .option('-y, --yes', 'do not ask')
    .action(async (messages: readonly string[], options: RecallOptions) => recall(await session(), messages, options));
}

async function recall(session: Session, messages: readonly string[], options: RecallOptions): Promise<void> {
  const { api, terminal, say } = session;
  const body = await bodyOf(messages, options);
  const preview = await api.post('/v1/recalls', { ...body, dryRun: true });
  const counts = objectOf(preview['counts']);
  terminal.note(say('recallPreview', { messages: numberOf(preview['messages']), ...numbersOf(counts) }));
  for (const [reason, count] of Object.entries(objectOf(preview['reasons'])))
    terminal.note(`  ${reason} ${numberOf(count)}`);
  if (options.dryRun) return terminal.json(preview);
  if (!options.yes) await confirm(session);
  const begun = await api.post('/v1/recalls', body);
  const id = shownOf(begun['id']);
  terminal.note(say('recallRunning', { id }));
  const ended = await finish(session, id);
  terminal.note(say('recallEnded', { id, ...numbersOf(objectOf(ended['counts'])) }));
  terminal.json(ended);
  const { failed, uncertain } = objectOf(ended['counts']);
  if (numberOf(failed) + numberOf(uncertain) > 0) await tellFailures(session, id);
}

async function bodyOf(messages: readonly string[], options: RecallOptions): Promise<JsonObject> {
  const selectors = [messages.length > 0, options.businessKey !== undefined, options.template !== undefined];
  if (selectors.filter(Boolean).length !== 1) {
    throw new CommandFailure('Name messages, or --business-key, or --template with --from: one of them.', EXIT.usage);
  }
  return {
    ...(messages.length > 0 && { messageIds: [...messages] }),
    ...(options.businessKey !== undefined && { businessKey: options.businessKey }),
    ...(options.template !== undefined && { template: options.template }),
    ...(options.from !== undefined && { createdAfter: options.from }),
    ...(options.to !== undefined && { createdBefore: options.to }),
    ...(options.correction !== undefined && { correction: await jsonFile(options.correction) }),
    ...(options.note !== undefined && { note: options.note }),
  };
}

async function confirm({ terminal, say }: Session): Promise<void> {
  if (!terminal.isInteractive) throw new CommandFailure(say('confirmNeeded'), EXIT.usage);
  if ((await terminal.ask(say('confirm'))).trim() !== 'yes') throw new CommandFailure(say('notConfirmed'), EXIT.usage);
}

/** Until the last answer is in; closing this program stops nothing. */
async function finish({ api, terminal }: Session, id: string): Promise<JsonObject> {
  const progress = terminal.progress();
  try {
    for (;;) {
      const state = await api.get(`/v1/recalls/${id}`);
      const total = numberOf(state['itemCount']);
      progress.update(total - numberOf(state['openItems']), total);
      if (shownOf(state['status']) === 'finished') return state;
      await delay(POLL_MS);
    }
  } finally {
    progress.stop();
  }
}

async function tellFailures({ api, terminal }: Session, id: string): Promise<never> {
  let shown = 0;
  for await (const result of api.list(`/v1/recalls/${id}/results`, { limit: 200 })) {
    const status = shownOf(result['status']);
    if (status !== 'failed' && status !== 'uncertain') continue;
    terminal.note(
      `  ${shownOf(result['recipient'])}  ${status}  ${shownOf(result['text']) || shownOf(result['reason'])}`,
    );
    shown += 1;
    if (shown === MOST_SHOWN) break;
  }
  throw new CommandFailure(`GET /v1/recalls/${id}/results`, EXIT.unsuccessful);
}

const numbersOf = (counts: JsonObject): Readonly<Record<string, number>> =>
  Object.fromEntries(
    ['canceled', 'recallable', 'recalled', 'failed', 'uncertain'].map((name) => [name, numberOf(counts[name])]),
  );
