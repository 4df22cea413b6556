import { join } from 'node:path';
import { parseArgs } from 'node:util';

const OPTIONS = {
  messages: { type: 'string', default: '1000000' },
  data: { type: 'string', default: join('.data', 'bench') },
  requests: { type: 'string', default: '30' },
  json: { type: 'string' },
} as const;

export interface DataOptions {
  /** So many are there before anything is measured. */
  readonly messages: number;
  /** Folder of the database; it is kept, and the next run only adds what is missing. */
  readonly folder: string;
  /** Of each kind. */
  readonly requests: number;
  readonly json?: string;
}

export function readDataOptions(args: readonly string[]): DataOptions {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const { data, json, messages, requests } = values;
  return { messages: Number(messages), folder: data, requests: Number(requests), ...(json !== undefined && { json }) };
}
