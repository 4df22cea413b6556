import { createServer, connect, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { waitFor } from '#libs/testing';
import { HeldStream } from './held-stream.js';

/** `request`: from the product to the other side. `answer`: back. */
export type Direction = 'request' | 'answer';

interface Connection {
  readonly inner: Socket;
  readonly outer: Socket;
  readonly request: HeldStream;
  readonly answer: HeldStream;
}

const HOST = '127.0.0.1';

/**
 * A wire between two programs that can be cut, held and slowed down while they run. What is held is neither lost nor
 * refused: nobody hears of it until it is released, or it is lost for good when one side ends meanwhile.
 */
export class TcpProxy {
  private readonly connections = new Set<Connection>();
  private readonly held = new Set<Direction>();
  private pattern: { readonly text: string; readonly direction: Direction } | undefined;
  private latencyMs = 0;
  private server: Server | undefined;
  private ownPort = 0;

  private constructor(private target: number) {}

  static async open(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.listen();
    return proxy;
  }

  get port(): number {
    return this.ownPort;
  }

  /** The same address at this wire. */
  through(address: string): string {
    const url = new URL(address);
    url.hostname = HOST;
    url.port = String(this.ownPort);
    return url.href.replace(/\/$/, url.pathname === '/' ? '' : '/');
  }

  /** Where new connections go from now on. */
  retarget(port: number): void {
    this.target = port;
  }

  /** Cuts everything and refuses connections, as a host does on which nothing listens. */
  async down(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    const closed = server && new Promise((resolve) => server.close(resolve));
    this.reset();
    await closed;
  }

  /** Everything passes again: listens, holds nothing back, without delay. */
  async heal(): Promise<void> {
    this.pattern = undefined;
    this.latencyMs = 0;
    this.release();
    if (!this.server) await waitFor(() => this.listen().then(() => true), { what: `port ${this.ownPort}` });
  }

  /** Resets every connection; new ones are taken. */
  reset(): void {
    for (const connection of [...this.connections]) this.end(connection);
  }

  /** A black hole: connections stay, nothing arrives. Without a direction: both. */
  hold(...directions: readonly Direction[]): void {
    for (const direction of directions.length > 0 ? directions : (['request', 'answer'] as const)) {
      this.held.add(direction);
      for (const connection of this.connections) connection[direction].hold();
    }
  }

  /**
   * A connection that carries this text is held from where the text ends; connections that do not carry it go on.
   */
  holdFrom(text: string, direction: Direction = 'request'): void {
    this.pattern = { text, direction };
  }

  /** Connections on which something is held back. */
  get holding(): number {
    return [...this.connections].filter(({ answer, request }) => answer.isHolding || request.isHolding).length;
  }

  /** What was held arrives. */
  release(): void {
    this.held.clear();
    for (const { answer, request } of this.connections) {
      answer.release();
      request.release();
    }
  }

  /** What is held never arrives: its connections are reset. */
  drop(): void {
    this.held.clear();
    for (const connection of [...this.connections]) {
      if (connection.answer.isHolding || connection.request.isHolding) this.end(connection);
    }
  }

  /** Each chunk arrives so much later, in both directions. */
  slow(latencyMs: number): void {
    this.latencyMs = latencyMs;
  }

  async close(): Promise<void> {
    await this.down();
  }

  private async listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: false }, (socket) => this.take(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen({ port: this.ownPort, host: HOST }, resolve);
    });
    this.ownPort = (server.address() as AddressInfo).port;
    this.server = server;
  }

  private take(inner: Socket): void {
    const outer = connect({ port: this.target, host: HOST, noDelay: true });
    inner.setNoDelay(true);
    const options = { latencyMs: () => this.latencyMs };
    const connection: Connection = {
      inner,
      outer,
      request: new HeldStream(outer, { ...options, pattern: () => this.patternOf('request') }),
      answer: new HeldStream(inner, { ...options, pattern: () => this.patternOf('answer') }),
    };
    for (const direction of this.held) connection[direction].hold();
    this.connections.add(connection);
    inner.on('data', (chunk: Buffer) => connection.request.push(chunk));
    outer.on('data', (chunk: Buffer) => connection.answer.push(chunk));
    for (const socket of [inner, outer]) {
      // A reset is passed on as a reset, an end as an end after what is on its way.
      socket.on('error', () => this.end(connection));
      socket.on('close', () => this.finish(connection));
    }
  }

  private patternOf(direction: Direction): string | undefined {
    return this.pattern?.direction === direction ? this.pattern.text : undefined;
  }

  private finish(connection: Connection): void {
    this.connections.delete(connection);
    void connection.request.end();
    void connection.answer.end();
  }

  private end(connection: Connection): void {
    this.connections.delete(connection);
    for (const socket of [connection.inner, connection.outer]) socket.resetAndDestroy();
  }
}
