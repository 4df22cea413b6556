import { describe, expect, it } from '@jest/globals';
import { UnavailableError } from '#libs/core';
import { answerInTime, endsInTime } from './deadline.js';

const never = new Promise<never>(() => undefined);

describe('answerInTime', () => {
  it('passes the answer on', async () => {
    await expect(answerInTime(Promise.resolve(7))).resolves.toBe(7);
  });

  it('says that the queue is away when the work fails, and why', async () => {
    const cause = new Error('refused');
    await expect(answerInTime(Promise.reject(cause))).rejects.toMatchObject({ code: 'unavailable', cause });
  });

  it('gives up when the answer does not come', async () => {
    await expect(answerInTime(never, 5)).rejects.toThrow(UnavailableError);
  });
});

describe('endsInTime', () => {
  it('tells whether the work ended, well or not', async () => {
    expect(await endsInTime(Promise.resolve(), 5)).toBe(true);
    expect(await endsInTime(Promise.reject(new Error('failed')), 5)).toBe(true);
    expect(await endsInTime(never, 5)).toBe(false);
  });
});
