import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ports } from '../../../apps/standalone/src/ports.js';

const HOST = '127.0.0.1';
let servers: Server[];

beforeEach(() => {
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
});

function listen(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen({ port, host: HOST, exclusive: true }, () => {
      servers.push(server);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

describe('Ports', () => {
  it('gives an unset port the next free number', async () => {
    const taken = await listen(0);
    const { port } = await new Ports({}, HOST).open('PORT', taken, listen);
    expect(port).toBeGreaterThan(taken);
  });

  it('moves on when another process takes the number in the same moment', async () => {
    const first = await listen(0);
    let races = 0;
    const raced = async (port: number): Promise<number> => {
      races += 1;
      if (races === 1) await listen(port);
      return listen(port);
    };
    const { port } = await new Ports({}, HOST).open('PORT', first + 1, raced);
    expect(port).toBeGreaterThan(first + 1);
  });

  it('leaves a number to the variable that names it', async () => {
    const free = await listen(0);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const { port } = await new Ports({ SANDBOX_PORT: String(free) }, HOST).open('PORT', free, listen);
    expect(port).not.toBe(free);
  });

  it('reports all set ports that are taken at once', async () => {
    const [api, sandbox] = [await listen(0), await listen(0)];
    const ports = new Ports({ PORT: String(api), SANDBOX_PORT: String(sandbox) }, HOST);
    const message = `PORT is set to ${api}, which another program uses\nSANDBOX_PORT is set to ${sandbox}, which another program uses`;
    const faults = ports.requireFree(['PORT', 'SANDBOX_PORT', 'WORKER_HEALTH_PORT']);
    await expect(faults).rejects.toMatchObject({ code: 'port_taken', message });
  });

  it('never moves a set port', async () => {
    const taken = await listen(0);
    const opened = new Ports({ PORT: String(taken) }, HOST).open('PORT', 3000, listen);
    await expect(opened).rejects.toMatchObject({ code: 'port_taken' });
  });
});
