// The floor's API: one insert, one job, one answer. No framework, no checks, no features.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { openQueue } from './connections.js';
import { JOB_OPTIONS, QUEUES, setting } from './settings.js';

const BULK = 500;

const pool = new pg.Pool({ connectionString: setting('DATABASE_URL'), max: 10 });
const sends = openQueue(QUEUES.send);
const nothings = openQueue(QUEUES.nothing);

async function bodyOf(request: IncomingMessage): Promise<{ to: string; text: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as { to: string; text: string };
}

async function accept(request: IncomingMessage): Promise<object> {
  const { text, to } = await bodyOf(request);
  const id = randomUUID();
  await pool.query('INSERT INTO floor_message (id, recipient, body) VALUES ($1, $2, $3)', [id, to, text]);
  await sends.add('send', { id, to, text }, JOB_OPTIONS);
  return { id, status: 'accepted' };
}

/** So many jobs that do nothing. */
async function addNothings(request: IncomingMessage): Promise<object> {
  const { text } = await bodyOf(request);
  for (let left = Number(text); left > 0; left -= BULK) {
    const jobs = Array.from({ length: Math.min(BULK, left) }, () => ({
      name: 'nothing',
      data: NOTHING,
      opts: JOB_OPTIONS,
    }));
    await nothings.addBulk(jobs);
  }
  return {};
}

const NOTHING = { id: '', to: '', text: '' };

async function countNothings(): Promise<object> {
  const counts = await nothings.getJobCounts('waiting', 'active');
  return { left: Object.values(counts).reduce((sum, count) => sum + count, 0) };
}

const ROUTES: Readonly<Record<string, (request: IncomingMessage) => Promise<object>>> = {
  '/messages': accept,
  '/nothings': addNothings,
  '/nothings/left': countNothings,
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = ROUTES[request.url ?? ''];
  const result = route ? await route(request).catch(String) : 'no such path';
  response.writeHead(typeof result === 'string' ? 500 : 202, { 'content-type': 'application/json' });
  response.end(JSON.stringify(result));
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
