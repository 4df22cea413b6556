import { describe, expect, it } from '@jest/globals';
import type { AccountReader } from '#libs/accounts';
import { CallbackRefusedError, type ChannelRegistry } from '#libs/channels';
import { NotFoundError, UnavailableError } from '#libs/core';
import { CallbackService } from './callback.service.js';
import type { CallbackStore } from './callback.store.js';

const REQUEST = { method: 'GET', query: {}, body: Buffer.alloc(0) } as const;

/** A service over accounts that are all absent, with the codes that were looked for. */
function withoutAccounts(error: Error = new NotFoundError('none')) {
  const looks: string[] = [];
  const clock = { nowMs: 0, monotonicMs: () => clock.nowMs, now: () => new Date(clock.nowMs) };
  const get = (code: string): Promise<never> => {
    looks.push(code);
    return Promise.reject(error);
  };
  const accounts = { get } as unknown as AccountReader;
  const service = new CallbackService(accounts, {} as ChannelRegistry, {} as CallbackStore, clock);
  return { clock, looks, take: (code: string) => service.take('vendor', code, REQUEST) };
}

describe('a callback for an account that is not there', () => {
  it('costs one look in two seconds', async () => {
    const { clock, looks, take } = withoutAccounts();
    for (let no = 0; no < 5; no += 1) await expect(take('gone')).rejects.toThrow(CallbackRefusedError);
    expect(looks).toEqual(['gone']);
    clock.nowMs = 2_001;
    await expect(take('gone')).rejects.toThrow(CallbackRefusedError);
    expect(looks).toEqual(['gone', 'gone']);
  });

  it('is forgotten when a thousand others came after it', async () => {
    const { looks, take } = withoutAccounts();
    for (let no = 0; no <= 1_000; no += 1) await expect(take(`a${no}`)).rejects.toThrow(CallbackRefusedError);
    await expect(take('a1000')).rejects.toThrow(CallbackRefusedError);
    expect(looks).toHaveLength(1_001);
    await expect(take('a0')).rejects.toThrow(CallbackRefusedError);
    expect(looks).toHaveLength(1_002);
  });

  it('is looked for again when PostgreSQL could not tell', async () => {
    const { looks, take } = withoutAccounts(new UnavailableError('away'));
    for (let no = 0; no < 2; no += 1) await expect(take('there')).rejects.toThrow(UnavailableError);
    expect(looks).toHaveLength(2);
  });
});
