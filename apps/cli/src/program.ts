import { Command, CommanderError, Option } from 'commander';
import { ConfigError } from '#libs/core';
import { addDoctor } from './commands/doctor.command.js';
import { addKeys } from './commands/keys.command.js';
import { addMigrate } from './commands/migrate.command.js';
import { addRecall } from './commands/recall.command.js';
import { addRotate } from './commands/rotate.command.js';
import { addSearch } from './commands/search.command.js';
import { addSend } from './commands/send.command.js';
import { addWatch } from './commands/watch.command.js';
import { CommandFailure, EXIT, type ExitCode } from './failures.js';
import { openSession, type Environment, type GlobalOptions } from './session.js';
import type { Streams } from './terminal.js';

const HELP = `
Environment:
  HONGYAN_URL       address of the API, http://127.0.0.1:3000 without it
  HONGYAN_API_KEY   key of the API; without it HONGYAN_ADMIN_KEY, then the one that npm start keeps on this machine

Ends with 0: done · 1: the result is bad · 2: wrong usage · 3: the API refused · 4: not reachable`;

/** Runs one command line. Answers how the process ends; writes to the given streams only. */
export async function run(args: readonly string[], env: Environment, streams: Streams): Promise<ExitCode> {
  const program = programFor(env, streams);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return exitCodeOf(error, (text) => streams.stderr.write(text));
  }
}

function programFor(env: Environment, streams: Streams): Command {
  const program = new Command('hongyan')
    .description('Hongyan (鸿雁) for operators without a browser')
    .option('--url <address>', 'address of the API')
    .option('--key-file <file>', 'file that holds the key')
    .option('--json', 'answer in JSON: one document, or one a line where things arrive over time')
    .addOption(new Option('--lang <language>', 'language of sentences').choices(['zh', 'en']))
    .addHelpText('after', HELP)
    .showHelpAfterError('(hongyan --help tells more)');
  const session = () => openSession(program.opts<GlobalOptions>(), env, streams);
  for (const add of [addSend, addWatch, addSearch, addRecall, addKeys, addDoctor, addMigrate, addRotate]) {
    add(program, session);
  }
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
    });
  }
  return program;
}

function exitCodeOf(error: unknown, write: (text: string) => void): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof CommandFailure) {
    write(`${error.message}\n`);
    return error.exitCode;
  }
  write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof ConfigError) return EXIT.usage;
  return EXIT.unavailable;
}
