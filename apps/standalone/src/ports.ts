import { createServer } from 'node:net';
import { types } from 'node:util';
import { ConfigError } from '#libs/core';

/** Ports tried above the default of a variable that is not set. */
const RANGE = 200;

export interface OpenedPort<T> {
  readonly opened: T;
  readonly port: number;
}

/**
 * Chooses the ports of the servers of one process. A port that is set is used or refused; an unset one is the first
 * free one from its default up.
 */
export class Ports {
  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly host: string,
  ) {}

  /** @throws ConfigError `port_taken` that names every variable whose port is taken. */
  async requireFree(names: readonly string[]): Promise<void> {
    const faults: string[] = [];
    for (const name of names) {
      const port = this.setPort(name);
      if (port !== undefined && !(await isFree(port, this.host))) faults.push(taken(name, port));
    }
    if (faults.length > 0) throw new ConfigError('port_taken', faults.join('\n'));
  }

  /** Opens a server; another process that takes an unset port in the same moment only moves it on. */
  async open<T>(name: string, firstPort: number, open: (port: number) => Promise<T>): Promise<OpenedPort<T>> {
    const set = this.setPort(name);
    if (set !== undefined)
      return { opened: await open(set).catch((error: unknown) => refuse(error, name, set)), port: set };
    for (let port = firstPort; port < firstPort + RANGE; port += 1) {
      if (this.isSet(port) || !(await isFree(port, this.host))) continue;
      const opened = await open(port).catch(undefinedIfTaken);
      if (opened !== undefined) return { opened, port };
    }
    throw new ConfigError('port_taken', `${name} is not set and no port from ${firstPort} up is free`);
  }

  private setPort(name: string): number | undefined {
    const text = this.env[name]?.trim();
    return text ? Number(text) : undefined;
  }

  /** Whether a variable names this port: it is kept for that server. */
  private isSet(port: number): boolean {
    return Object.entries(this.env).some(([name, value]) => name.endsWith('PORT') && Number(value) === port);
  }
}

const taken = (name: string, port: number): string => `${name} is set to ${port}, which another program uses`;

const isTaken = (error: unknown): boolean =>
  types.isNativeError(error) && 'code' in error && error.code === 'EADDRINUSE';

function refuse(error: unknown, name: string, port: number): never {
  throw isTaken(error) ? new ConfigError('port_taken', taken(name, port), { cause: error }) : error;
}

function undefinedIfTaken(error: unknown): undefined {
  if (!isTaken(error)) throw error;
}

async function isFree(port: number, host: string): Promise<boolean> {
  if (port === 0) return true;
  const probe = createServer();
  const listening = new Promise<boolean>((resolve, reject) => {
    probe.once('error', (error) => (isTaken(error) ? resolve(false) : reject(error)));
    probe.listen({ port, host, exclusive: true }, () => resolve(true));
  });
  const free = await listening;
  if (free) await new Promise((resolve) => probe.close(resolve));
  return free;
}
