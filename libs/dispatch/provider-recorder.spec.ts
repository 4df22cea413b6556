import { describe, expect, it } from '@jest/globals';
import type { ProviderHttp, ProviderResponse } from '#libs/channels';
import { AmbiguousDeliveryError } from '#libs/core';
import { ProviderRecorder } from './provider-recorder.js';

const request = {
  method: 'POST' as const,
  url: 'https://vendor.example/send?access_token=planted-secret-4711',
  body: '{"x":1}',
};

function recorderOf(answer: ProviderResponse | Error, secrets: readonly string[] = []) {
  let nowMs = 0;
  const http: ProviderHttp = {
    send: () => {
      nowMs += 42;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  return new ProviderRecorder(http, { now: () => new Date(), monotonicMs: () => nowMs }, secrets);
}

const answer = (body: string, status = 200): ProviderResponse => ({ status, body, headers: {} });

describe('what is kept of a provider call', () => {
  it('is nothing before it was made', () => {
    expect(recorderOf(answer('')).exchange).toBeUndefined();
  });

  it('is address, status, answer and duration, never the body that was sent', async () => {
    const recorder = recorderOf(answer('{"errcode":0}'));
    await expect(recorder.send(request)).resolves.toMatchObject({ status: 200 });
    expect(recorder.exchange).toMatchObject({ method: 'POST', status: 200, body: '{"errcode":0}', durationMs: 42 });
    expect(JSON.stringify(recorder.exchange)).not.toContain('"x"');
  });

  it('holds no secret, neither from the address nor from the answer', async () => {
    const recorder = recorderOf(answer('{"access_token":"planted-secret-4711"}'));
    await recorder.send(request);
    expect(JSON.stringify(recorder.exchange)).not.toContain('planted-secret-4711');
  });

  it('holds none of the given secrets, in whatever words the vendor repeats them', async () => {
    const page = '<html>Who is robot-key-1? robot-key-1!</html>';
    const recorder = recorderOf(answer(page), ['', 'robot-key-1']);
    await recorder.send(request);
    expect(recorder.exchange).toMatchObject({ body: '<html>Who is •••? •••!</html>' });
  });

  it('is at most 8 KiB of the answer', async () => {
    const recorder = recorderOf(answer('x'.repeat(100_000)));
    await recorder.send(request);
    expect(JSON.stringify(recorder.exchange).length).toBeLessThanOrEqual(8_192 + 200);
  });

  it('is the kind of fault when no answer came, and the fault goes on', async () => {
    const fault = new AmbiguousDeliveryError('connection_lost', 'x');
    const recorder = recorderOf(fault);
    await expect(recorder.send(request)).rejects.toBe(fault);
    expect(recorder.exchange).toMatchObject({ fault: 'connection_lost', durationMs: 42 });
    const bug = recorderOf(new TypeError('bug'));
    await expect(bug.send(request)).rejects.toThrow('bug');
    expect(bug.exchange).toMatchObject({ fault: 'internal_error' });
  });
});
