import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AmbiguousDeliveryError, ConfigError, RetryableDeliveryError, type DeliveryError } from '#libs/core';
import { UndiciProviderHttp, type UndiciProviderHttpOptions } from './undici-provider-http.js';

const SECRET = 'key-that-must-not-show';
const FAST = { connectMs: 300, headersMs: 300, bodyMs: 300, totalMs: 900 };

const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function listen(server: Server, sockets = new Set<Socket>()): Promise<string> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const startHttp = (listener: RequestListener): Promise<string> => listen(createHttpServer(listener));

/** A server that acts once a whole request has been read. */
const startTcp = (onRequest: (socket: Socket) => void): Promise<string> =>
  listen(createServer((socket) => socket.once('data', () => onRequest(socket))));

function makeHttp(origins: readonly string[], options: Partial<UndiciProviderHttpOptions> = {}): UndiciProviderHttp {
  const http = new UndiciProviderHttp({ allowedOrigins: origins, timeouts: FAST, ...options });
  cleanUps.push(() => http.close());
  return http;
}

/** Posts to an address and hands over the error; the secret travels in the query, as with the vendors. */
async function failureOf(host: string, scheme = 'http'): Promise<DeliveryError> {
  const origin = `${scheme}://${host}`;
  const http = makeHttp([origin]);
  const error: unknown = await http
    .send({ method: 'POST', url: `${origin}/send?key=${SECRET}`, body: '{}' })
    .catch((thrown: unknown) => thrown);
  if (error instanceof AmbiguousDeliveryError || error instanceof RetryableDeliveryError) return error;
  throw new TypeError(`Expected a delivery error, got ${String(error)}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('an answer', () => {
  it('is handed over with status, headers and text, whatever the status says', async () => {
    const host = await startHttp((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(503, { 'retry-after': '7', 'x-seen': `${request.method} ${request.url}` });
        response.end(`收到 ${Buffer.concat(chunks).toString()} ${request.headers['content-type']}`);
      });
    });
    const response = await makeHttp([`http://${host}`]).send({
      method: 'POST',
      url: `http://${host}/cgi-bin/send?key=a%2Fb`,
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });
    expect(response.status).toBe(503);
    expect(response.headers).toMatchObject({ 'retry-after': '7', 'x-seen': 'POST /cgi-bin/send?key=a%2Fb' });
    expect(response.body).toBe('收到 {"a":1} application/json');
  });

  it('is never followed elsewhere', async () => {
    const seen: (string | undefined)[] = [];
    const host = await startHttp((request, response) => {
      seen.push(request.url);
      response.writeHead(307, { location: '/internal' }).end();
    });
    const response = await makeHttp([`http://${host}`]).send({
      method: 'POST',
      url: `http://${host}/send`,
      body: '{}',
    });
    expect(response.status).toBe(307);
    expect(seen).toEqual(['/send']);
  });
});

describe('a request that never left', () => {
  it('was refused', async () => {
    const error = await failureOf(`127.0.0.1:${await freePort()}`);
    expect(error).toMatchObject({ name: 'RetryableDeliveryError', reason: 'connect_failed', usesAttempt: false });
  });

  it('met no TLS on the other side', async () => {
    const host = await startTcp((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await failureOf(host, 'https')).toMatchObject({ reason: 'tls_failed', usesAttempt: false });
  });

  it('waited for a TLS handshake that nobody answered', async () => {
    const host = await startTcp(() => undefined);
    expect(await failureOf(host, 'https')).toMatchObject({ reason: 'connect_failed', usesAttempt: false });
  });

  it('lost its connection during the TLS handshake', async () => {
    const host = await startTcp((socket) => socket.resetAndDestroy());
    expect(await failureOf(host, 'https')).toMatchObject({ reason: 'connect_failed', usesAttempt: false });
  });

  it('was given up before its connection was ready, and is not written afterwards', async () => {
    const received: Buffer[] = [];
    const host = await listen(createServer((socket) => socket.on('data', (chunk: Buffer) => received.push(chunk))));
    const http = makeHttp([`http://${host}`], { timeouts: FAST });
    const controller = new AbortController();
    const sending = http.send({ method: 'POST', url: `http://${host}/send`, body: '{}' }, controller.signal);
    controller.abort();
    await expect(sending).rejects.toMatchObject({ reason: 'connect_failed', usesAttempt: false });
    await http.close();
    expect(received).toEqual([]);
  });

  it('ran into the total deadline while it waited for its connection', async () => {
    const host = await startTcp(() => undefined);
    const origin = `https://${host}`;
    const http = makeHttp([origin], { timeouts: { ...FAST, connectMs: 2000, totalMs: 100 } });
    await expect(http.send({ method: 'GET', url: origin })).rejects.toMatchObject({
      reason: 'connect_failed',
      usesAttempt: false,
      meta: { transportCode: 'CALL_DEADLINE' },
    });
  });
});

describe('a request that left', () => {
  it.each([
    ['reset after it was read', 'connection_lost', (socket: Socket) => socket.resetAndDestroy()],
    ['closed without an answer', 'connection_lost', (socket: Socket) => socket.end()],
    ['answered by silence', 'timeout_after_send', () => undefined],
    ['answered by headers alone', 'timeout_after_send', (socket: Socket) => socket.write(head(10))],
    ['answered by half a body', 'connection_lost', (socket: Socket) => socket.end(`${head(10)}12345`)],
    ['answered by something else than HTTP', 'garbled_answer', (socket: Socket) => socket.end('SSH-2.0-server\r\n')],
    ['answered by a byte now and then', 'timeout_after_send', (socket: Socket) => drip(socket)],
  ])('is unclear: %s', async (_name, reason, act) => {
    const error = await failureOf(await startTcp(act));
    expect(error).toMatchObject({ name: 'AmbiguousDeliveryError', reason });
  });

  it('is unclear when the answer does not end, and the answer is cut off', async () => {
    let written = 0;
    const host = await startHttp((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const pump = (): void => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', pump);
      pump();
    });
    expect(await failureOf(host)).toMatchObject({ name: 'AmbiguousDeliveryError', reason: 'garbled_answer' });
    expect(written).toBeLessThan(20 * 1024 * 1024);
  });

  it('is unclear when the caller gives it up', async () => {
    const controller = new AbortController();
    const host = await startTcp(() => controller.abort());
    const sending = makeHttp([`http://${host}`]).send(
      { method: 'POST', url: `http://${host}/`, body: '{}' },
      controller.signal,
    );
    await expect(sending).rejects.toMatchObject({ name: 'AmbiguousDeliveryError', reason: 'connection_lost' });
  });

  it('ends soon after its deadline, not when the server likes', async () => {
    const started = performance.now();
    await failureOf(await startTcp((socket) => drip(socket)));
    expect(performance.now() - started).toBeLessThan(FAST.totalMs + 500);
  });
});

describe('what is allowed', () => {
  it('is asked at every call, and nothing else is called', async () => {
    let calls = 0;
    const host = await startHttp((_request, response) => {
      calls += 1;
      response.end('{}');
    });
    const allowed: string[] = [];
    const http = new UndiciProviderHttp({ allowedOrigins: () => allowed });
    cleanUps.push(() => http.close());
    const send = (): Promise<unknown> => http.send({ method: 'GET', url: `http://${host}/?key=${SECRET}` });
    await expect(send()).rejects.toMatchObject({ code: 'host_not_allowed' });
    expect(calls).toBe(0);
    allowed.push(`http://${host}`);
    await expect(send()).resolves.toMatchObject({ status: 200 });
  });

  it.each([
    `http://127.0.0.1:1/?key=${SECRET}`,
    `not an address ${SECRET}`,
    `https://good.example@evil.example/${SECRET}`,
  ])('never shows in a message what the address holds: %s', async (url) => {
    const error: unknown = await makeHttp(['https://good.example'])
      .send({ method: 'GET', url })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).not.toContain(SECRET);
  });

  it('names origin and path in errors, never the query', async () => {
    const error = await failureOf(`127.0.0.1:${await freePort()}`);
    expect(error.message).toMatch(/^POST http:\/\/127\.0\.0\.1:\d+\/send: /);
    const shown = [error.stack, JSON.stringify(error), String(error.cause), JSON.stringify(error.cause)].join();
    expect(shown).not.toContain(SECRET);
  });
});

describe('a proxy', () => {
  const startProxy = async (status = '200 Connection established'): Promise<string> => {
    const server = createHttpServer();
    server.on('connect', (request, client: Socket) => {
      client.write(`HTTP/1.1 ${status}\r\n\r\n`);
      if (!status.startsWith('200')) return client.end();
      const [host, port] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host);
      upstream.on('error', () => client.destroy());
      return upstream.pipe(client).pipe(upstream);
    });
    return `http://${await listen(server)}`;
  };

  const sendThrough = async (proxyUrl: string, allowedProxies: readonly string[]): Promise<unknown> => {
    const host = await startHttp((_request, response) => response.end('through'));
    const http = makeHttp([`http://${host}`], { allowedProxies });
    return http
      .send({ method: 'GET', url: `http://${host}/?key=${SECRET}`, proxyUrl })
      .catch((error: unknown) => error);
  };

  it('carries the call', async () => {
    const proxy = await startProxy();
    expect(await sendThrough(proxy, [proxy])).toMatchObject({ status: 200, body: 'through' });
  });

  it('must be allowed', async () => {
    const proxy = await startProxy();
    expect(await sendThrough(proxy, [])).toMatchObject({ code: 'host_not_allowed' });
  });

  it('that refuses the tunnel, or is not there, means that nothing left', async () => {
    const refusing = await startProxy('407 Proxy Authentication Required');
    const absent = `http://127.0.0.1:${await freePort()}`;
    for (const proxy of [refusing, absent]) {
      expect(await sendThrough(proxy, [proxy])).toMatchObject({ reason: 'proxy_failed', usesAttempt: false });
    }
  });
});

describe('closing', () => {
  it('waits for the calls in flight', async () => {
    let reply: (() => void) | undefined;
    const host = await startHttp((_request, response) => {
      reply = () => response.end('late');
    });
    const http = makeHttp([`http://${host}`]);
    const sending = http.send({ method: 'GET', url: `http://${host}/` });
    while (!reply) await new Promise(setImmediate);
    const closing = http.close();
    reply();
    await expect(sending).resolves.toMatchObject({ body: 'late' });
    await closing;
  });
});

const head = (length: number): string => `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n`;

function drip(socket: Socket): void {
  socket.write(head(1000));
  const timer = setInterval(() => socket.write('x'), 50);
  socket.on('close', () => clearInterval(timer));
}
