import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AppConfig } from '#libs/config';
import type { Clock } from '#libs/core';
import { mintKey } from './api-key-format.js';
import { Authenticator } from './authenticator.js';
import type { KeyStore, StoredKey } from './key-store.js';

const ADMIN_KEY = 'hy_admin-key-of-this-test';
const HERE = '10.0.3.7';

class ManualClock implements Clock {
  ms = Date.UTC(2026, 10, 22);
  now = (): Date => new Date(this.ms);
  monotonicMs = (): number => this.ms;
}

class FakeStore {
  reads = 0;
  /** What a look waits for. */
  gate: Promise<void> = Promise.resolve();
  readonly rows = new Map<string, StoredKey>();

  readonly patienceMs: number[] = [];

  inTime<T>(look: Promise<T>, ms: number): Promise<T> {
    this.patienceMs.push(ms);
    return look;
  }

  async findByPublicId(publicId: string): Promise<StoredKey | undefined> {
    this.reads += 1;
    await this.gate;
    return this.rows.get(publicId);
  }

  ensureAdminCaller(): Promise<{ id: string; code: string }> {
    return Promise.resolve({ id: 'admin-id', code: 'admin' });
  }
}

describe('Authenticator', () => {
  let clock: ManualClock;
  let store: FakeStore;
  let authenticator: Authenticator;

  beforeEach(() => {
    clock = new ManualClock();
    store = new FakeStore();
    const config = { adminKey: ADMIN_KEY } as AppConfig;
    authenticator = new Authenticator(config, store as unknown as KeyStore, clock);
  });

  function addKey(change: Partial<StoredKey> = {}): string {
    const minted = mintKey();
    store.rows.set(minted.publicId, {
      id: 'key-1',
      name: 'ERP',
      caller_id: 'caller-1',
      caller_code: 'erp',
      secret_hash: minted.hash,
      preset: 'caller',
      scopes: ['messages:send'],
      templates: null,
      accounts: null,
      ip_ranges: null,
      expires_at: null,
      line_id: 'key-1',
      limits: {},
      ...change,
    });
    return minted.text;
  }

  it('knows the caller behind a key', async () => {
    const identity = await authenticator.authenticate(`Bearer ${addKey({ templates: ['order-*'] })}`, HERE);
    expect(identity).toMatchObject({ callerCode: 'erp', keyName: 'ERP', preset: 'caller', templates: ['order-*'] });
    expect(identity.scopes.has('messages:send')).toBe(true);
  });

  it('accepts the admin key of the environment', async () => {
    const identity = await authenticator.authenticate(`bearer ${ADMIN_KEY}`, HERE);
    expect(identity).toMatchObject({ callerCode: 'admin', preset: 'admin' });
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer hy_x', `Bearer ${'x'.repeat(5_000)}`])(
    'refuses the header %s',
    async (header) => {
      await expect(authenticator.authenticate(header, HERE)).rejects.toMatchObject({ code: 'unauthenticated' });
    },
  );

  it('refuses a key whose secret differs, with the error of an unknown one', async () => {
    const right = addKey();
    const wrong = right.slice(0, -1) + (right.endsWith('A') ? 'B' : 'A');
    const errors = await Promise.all(
      [wrong, mintKey().text].map((key) =>
        authenticator.authenticate(`Bearer ${key}`, HERE).catch((e: Error) => e.message),
      ),
    );
    expect(errors[0]).toBe(errors[1]);
  });

  it('refuses a key from the moment it expires, cached or not', async () => {
    const key = addKey({ expires_at: new Date(clock.ms + 1_000) });
    await authenticator.authenticate(`Bearer ${key}`, HERE);
    clock.ms += 1_000;
    await expect(authenticator.authenticate(`Bearer ${key}`, HERE)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('reads a key once in five seconds, and at once after it was told to forget', async () => {
    const header = `Bearer ${addKey()}`;
    await authenticator.authenticate(header, HERE);
    await authenticator.authenticate(header, HERE);
    expect(store.reads).toBe(1);
    store.rows.clear();
    authenticator.forget();
    await expect(authenticator.authenticate(header, HERE)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('reads a key once for many who come at the same time', async () => {
    const header = `Bearer ${addKey()}`;
    await Promise.all(Array.from({ length: 100 }, () => authenticator.authenticate(header, HERE)));
    expect(store.reads).toBe(1);
  });

  it('reads a key in use anew before it is too old, and nobody waits for that', async () => {
    const header = `Bearer ${addKey()}`;
    await authenticator.authenticate(header, HERE);
    clock.ms += 2_500;
    let open = (): void => undefined;
    store.gate = new Promise((resolve) => (open = resolve));
    await expect(authenticator.authenticate(header, HERE)).resolves.toMatchObject({ keyName: 'ERP' });
    expect(store.reads).toBe(2);
    store.rows.clear();
    open();
    await new Promise((resolve) => setImmediate(resolve));
    await expect(authenticator.authenticate(header, HERE)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('remembers nothing that was read before it was told to forget', async () => {
    const header = `Bearer ${addKey()}`;
    let open = (): void => undefined;
    store.gate = new Promise((resolve) => (open = resolve));
    const early = authenticator.authenticate(header, HERE);
    authenticator.forget();
    open();
    await early;
    store.rows.clear();
    await expect(authenticator.authenticate(header, HERE)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('asks for an answer soon', async () => {
    await authenticator.authenticate(`Bearer ${addKey()}`, HERE);
    expect(store.patienceMs).toEqual([1_500]);
  });

  it('notices within five seconds that another process revoked a key', async () => {
    const header = `Bearer ${addKey()}`;
    await authenticator.authenticate(header, HERE);
    store.rows.clear();
    clock.ms += 5_000;
    await expect(authenticator.authenticate(header, HERE)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('binds a key to its addresses', async () => {
    const header = `Bearer ${addKey({ ip_ranges: ['10.0.3.0/24'] })}`;
    await expect(authenticator.authenticate(header, HERE)).resolves.toMatchObject({ keyName: 'ERP' });
    await expect(authenticator.authenticate(header, '10.9.9.9')).rejects.toMatchObject({ code: 'ip_not_allowed' });
  });
});
