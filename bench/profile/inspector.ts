import { once } from 'node:events';
import { WebSocket } from 'undici';
import type { Program } from '../../test/faults/program.js';

/** Makes a process listen for an inspector on a free port of this machine. */
export const INSPECTABLE = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const;

export interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** As V8 gives it: a tree of calls, and which of its nodes ran at each look. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

interface Reply {
  readonly id?: number;
  readonly result?: { readonly profile?: CpuProfile };
  readonly error?: { readonly message: string };
}

/** The inspector of one process. */
export class Inspector {
  private last = 0;

  private constructor(private readonly socket: WebSocket) {}

  /** @throws when the process was not started with INSPECTABLE */
  static async attach(program: Program): Promise<Inspector> {
    const address = /ws:\/\/\S+/.exec(program.output)?.[0];
    if (!address) throw new Error(`No inspector listens: ${program.output.slice(0, 500)}`);
    const socket = new WebSocket(address);
    await once(socket, 'open');
    return new Inspector(socket);
  }

  async start(): Promise<void> {
    await this.call('Profiler.enable');
    await this.call('Profiler.start');
  }

  async stop(): Promise<CpuProfile> {
    const { profile } = (await this.call('Profiler.stop')) ?? {};
    this.socket.close();
    if (!profile) throw new Error('The inspector gave no profile');
    return profile;
  }

  private call(method: string): Promise<Reply['result']> {
    this.last += 1;
    const id = this.last;
    return new Promise((resolve, reject) => {
      const listen = ({ data }: { readonly data: unknown }): void => {
        const reply = JSON.parse(String(data)) as Reply;
        if (reply.id !== id) return;
        this.socket.removeEventListener('message', listen);
        if (reply.error) reject(new Error(`${method}: ${reply.error.message}`));
        else resolve(reply.result);
      };
      this.socket.addEventListener('message', listen);
      this.socket.send(JSON.stringify({ id, method }));
    });
  }
}
