import { TcpProxy } from './tcp-proxy.js';

/** Every connection of the product to something outside goes over one of these. */
export interface Wires {
  /** Clients to the API. */
  readonly http: TcpProxy;
  readonly apiDatabase: TcpProxy;
  readonly apiRedis: TcpProxy;
  readonly workerDatabase: TcpProxy;
  readonly workerRedis: TcpProxy;
  /** API and workers to both vendors. */
  readonly vendor: TcpProxy;
}

export interface WireEnds {
  readonly database: number;
  readonly redis: number;
  readonly vendor: number;
}

export async function layWires({ database, redis, vendor }: WireEnds): Promise<Wires> {
  return {
    // Its end is known when the API has started.
    http: await TcpProxy.open(0),
    apiDatabase: await TcpProxy.open(database),
    apiRedis: await TcpProxy.open(redis),
    workerDatabase: await TcpProxy.open(database),
    workerRedis: await TcpProxy.open(redis),
    vendor: await TcpProxy.open(vendor),
  };
}

const all = (wires: Wires): TcpProxy[] => Object.values(wires) as TcpProxy[];

/** All of them as on the first day. */
export async function healWires(wires: Wires): Promise<void> {
  await Promise.all(all(wires).map((wire) => wire.heal()));
}

export async function closeWires(wires: Wires): Promise<void> {
  await Promise.all(all(wires).map((wire) => wire.close()));
}
