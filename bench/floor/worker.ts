// The floor's worker: one call, one update. No claim, no limits, no retries.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { Pool } from 'undici';
import { openWorker } from './connections.js';
import { QUEUES, setting, type FloorJob } from './settings.js';

const pool = new pg.Pool({ connectionString: setting('DATABASE_URL'), max: 10 });
const vendor = new Pool(setting('VENDOR_URL'), { connections: 64 });
const path = `/cgi-bin/message/send?access_token=${setting('VENDOR_TOKEN')}`;
const agentid = Number(setting('VENDOR_AGENT'));
const headers = { 'content-type': 'application/json' };

async function send({ id, text, to }: FloorJob): Promise<void> {
  const body = JSON.stringify({ touser: to, msgtype: 'text', agentid, text: { content: text } });
  const answer = await vendor.request({ method: 'POST', path, headers, body });
  const { errcode, msgid } = (await answer.body.json()) as { errcode: number; msgid?: string };
  const status = errcode === 0 ? 'sent' : 'failed';
  await pool.query('UPDATE floor_message SET status = $2, provider_id = $3, sent_at = now() WHERE id = $1', [
    id,
    status,
    msgid,
  ]);
}

openWorker(QUEUES.send, send);
openWorker(QUEUES.nothing, () => Promise.resolve());

// Says only that it runs.
const server = createServer((_request, response) => response.end());
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
