// The load generator: a process of its own, so that nothing that is measured waits for it.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LoadPlan } from './plan.js';
import { LoadRun } from './run-load.js';

async function planOf(request: IncomingMessage): Promise<LoadPlan> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as LoadPlan;
}

async function run(request: IncomingMessage): Promise<string> {
  const result = await new LoadRun(await planOf(request)).run();
  return JSON.stringify(result);
}

const server = createServer((request, response) => {
  void run(request).then(
    (result) => response.end(result),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
// A run lasts as long as its plan says.
server.requestTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
