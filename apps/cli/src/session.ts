import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '#libs/core';
import { ApiClient } from './api-client.js';
import { CommandFailure, EXIT } from './failures.js';
import { Terminal, type Streams } from './terminal.js';
import { languageOf, say, type Word } from './words.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every command may be given. */
export interface GlobalOptions {
  readonly url?: string;
  readonly keyFile?: string;
  readonly json?: boolean;
  readonly lang?: Language;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';

/** Where a command talks to: the API with a key, and a person in a language. */
export interface Session {
  readonly api: ApiClient;
  readonly terminal: Terminal;
  readonly language: Language;
  readonly env: Environment;
  /** A sentence in the language of the session. */
  readonly say: (word: Word, values?: Readonly<Record<string, string | number>>) => string;
}

export async function openSession(options: GlobalOptions, env: Environment, streams: Streams): Promise<Session> {
  const language = options.lang ?? languageOf(env);
  const url = addressOf(options, env);
  return {
    api: new ApiClient({ url, key: await keyOf(options, env, url), language }),
    terminal: new Terminal(streams, options.json === true),
    language,
    env,
    say: (word, values) => say(language, word, values),
  };
}

function addressOf({ url }: GlobalOptions, env: Environment): string {
  const given = url ?? env['HONGYAN_URL'] ?? DEFAULT_URL;
  if (!URL.canParse(given) || !/^https?:/u.test(given)) throw new CommandFailure(`No address: ${given}`, EXIT.usage);
  return given.replace(/\/+$/u, '');
}

/** In this order: the named file, the environment, what `npm start` left in its data folder for the API on this machine. */
async function keyOf({ keyFile }: GlobalOptions, env: Environment, url: string): Promise<string | undefined> {
  if (keyFile !== undefined) return fileText(keyFile);
  const named = env['HONGYAN_API_KEY'] || env['HONGYAN_ADMIN_KEY'];
  if (named || !isLocal(url)) return named || undefined;
  return readFile(join(env['HONGYAN_DATA_DIR'] || '.data', 'admin-key'), 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') return undefined;
      throw error;
    },
  );
}

const isLocal = (url: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

/** @throws CommandFailure when the file cannot be read. */
export async function fileText(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(`${path}: ${error.code ?? error.message}`, EXIT.usage);
  });
  return text.trim();
}
