import type { SandboxOptions } from './create-sandbox.js';

const DEFAULT_PORT = '3001';
const DEFAULT_HOST = '0.0.0.0';
const HIGHEST_PORT = 65_535;

/** Reads `SANDBOX_PORT` and `HONGYAN_HOST`; an empty variable counts as not set. Throws when the port is no port. */
export function readSandboxOptions(env: NodeJS.ProcessEnv): SandboxOptions {
  const text = env['SANDBOX_PORT']?.trim() || DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= HIGHEST_PORT)) throw new RangeError(`SANDBOX_PORT must be 0 to ${HIGHEST_PORT}, not "${text}"`);
  return { port, host: env['HONGYAN_HOST']?.trim() || DEFAULT_HOST };
}
