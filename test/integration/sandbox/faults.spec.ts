import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROBOT_KEY, SandboxClient } from './sandbox-client.js';

let client: SandboxClient;

beforeAll(async () => {
  client = await SandboxClient.start();
});
afterAll(() => client.close());
beforeEach(() => client.reset());

const MESSAGE = { msgtype: 'text', text: { content: 'hello' } };
const send = () => client.sendWecomRobot(MESSAGE);
const sendRaw = (signal: AbortSignal | null = null): Promise<Response> =>
  fetch(`${client.url}/cgi-bin/webhook/send?key=${ROBOT_KEY}`, {
    method: 'POST',
    body: JSON.stringify(MESSAGE),
    signal,
  });
const addFault = (action: object, rest: object = {}) => client.post('/_sandbox/faults', { action, times: 1, ...rest });
const taken = async (): Promise<number> => (await client.inbox()).length;

describe('a fault', () => {
  it('hits as often as it was told, then calls go through again', async () => {
    await addFault({ type: 'errcode', code: -1, message: 'system busy' }, { times: 2 });
    const codes = [await send(), await send(), await send()].map(({ body }) => body['errcode']);
    expect(codes).toEqual([-1, -1, 0]);
    expect(await taken()).toBe(1);
    expect((await client.list('/_sandbox/faults'))[0]).toMatchObject({ hits: 2, remaining: 0 });
  });

  it('hits only the endpoint, family, channel and account that it names', async () => {
    await addFault({ type: 'errcode', code: 45009 }, { match: { endpoint: 'message/send' } });
    await addFault({ type: 'errcode', code: 45009 }, { match: { account: 'b0b2' } });
    await addFault({ type: 'errcode', code: 45009 }, { match: { family: 'dingtalk' } });
    await addFault({ type: 'errcode', code: 45009 }, { match: { channel: 'wecom-app' } });
    expect((await send()).body['errcode']).toBe(0);
    await addFault(
      { type: 'errcode', code: 45009 },
      { match: { endpoint: 'webhook/send', account: 'b0b1', family: 'wecom' } },
    );
    expect((await send()).body['errcode']).toBe(45009);
  });

  it('can be taken away, one or all', async () => {
    const { body } = await addFault({ type: 'http', status: 503 });
    expect(await client.delete(`/_sandbox/faults/${String(body['id'])}`)).toBe(204);
    expect(await client.delete(`/_sandbox/faults/${String(body['id'])}`)).toBe(404);
    await addFault({ type: 'http', status: 503 });
    await client.delete('/_sandbox/faults');
    expect((await send()).status).toBe(200);
  });

  it('is refused when it is not understood', async () => {
    const { status, body } = await addFault({ type: 'explode' }, { times: 0, color: 'red' });
    expect(status).toBe(400);
    expect(body['error']).toBe('validation_failed');
    expect(body['faults']).toHaveLength(3);
  });
});

describe('answers under a fault', () => {
  it('may be any HTTP status, with headers', async () => {
    await addFault({ type: 'http', status: 429, body: 'slow down', headers: { 'retry-after': '7' } });
    const answer = await sendRaw();
    expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([429, '7', 'slow down']);
    expect(await taken()).toBe(0);
  });

  it('may fail although the message is taken', async () => {
    await addFault({ type: 'http', status: 502, when: 'after' });
    expect((await sendRaw()).status).toBe(502);
    expect(await taken()).toBe(1);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('may be lost in a reset %s the message is taken', async (when, count) => {
    await addFault({ type: 'reset', when });
    await expect(sendRaw()).rejects.toThrow('fetch failed');
    expect(await taken()).toBe(count);
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ])('may never come, %s the message is taken', async (when, count) => {
    await addFault({ type: 'hang', when });
    await expect(sendRaw(AbortSignal.timeout(150))).rejects.toThrow('timeout');
    expect(await taken()).toBe(count);
  });

  it('may be cut in the middle of the body', async () => {
    await addFault({ type: 'cut-body' });
    const answer = await sendRaw();
    await expect(answer.text()).rejects.toThrow('terminated');
    expect(await taken()).toBe(1);
  });

  it('may be no JSON', async () => {
    await addFault({ type: 'garbage' });
    const text = await (await sendRaw()).text();
    expect(() => void JSON.parse(text)).toThrow(SyntaxError);
    expect(await taken()).toBe(1);
  });

  it('may come one byte at a time, or too slowly', async () => {
    await addFault({ type: 'drip', ms: 1 });
    expect(await (await sendRaw()).json()).toEqual({ errcode: 0, errmsg: 'ok' });
    await addFault({ type: 'drip', ms: 60_000 });
    await expect(sendRaw(AbortSignal.timeout(150)).then((answer) => answer.text())).rejects.toThrow('timeout');
  });

  it.each(['before', 'after'])('may be late, the delay coming %s the message is taken', async (when) => {
    await addFault({ type: 'delay', ms: 60, when });
    const startedAt = performance.now();
    expect((await send()).body).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55);
    expect(await taken()).toBe(1);
  });

  it('wear the envelope of the DingTalk family that was called', async () => {
    await addFault({ type: 'errcode', code: 90018, message: 'app qps limit' }, { match: { endpoint: 'asyncsend_v2' } });
    expect((await client.ding('asyncsend_v2', {})).body).toMatchObject({ errcode: 88, sub_code: '90018' });
    await addFault({ type: 'errcode', code: 'system.busy', message: 'busy' });
    expect(await client.post('/v1.0/oauth2/accessToken')).toMatchObject({ status: 429, body: { code: 'system.busy' } });
  });
});

it('closes at once, with hanging and delayed calls open', async () => {
  const own = await SandboxClient.start();
  await own.post('/_sandbox/faults', { action: { type: 'hang' }, times: 1 });
  await own.post('/_sandbox/faults', { action: { type: 'delay', ms: 600_000 } });
  const calls = Promise.allSettled([own.sendWecomRobot(MESSAGE), own.sendWecomRobot(MESSAGE)]);
  while ((await own.list('/_sandbox/faults')).some(({ hits }) => hits === 0)) await new Promise(setImmediate);
  await own.close();
  expect((await calls).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
