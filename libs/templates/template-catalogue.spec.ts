import { beforeEach, describe, expect, it } from '@jest/globals';
import { NotFoundError, UnavailableError, ValidationError, type Clock } from '#libs/core';
import type { Database } from '#libs/database';
import { TemplateCatalogue } from './template-catalogue.js';
import { makeDefinition } from './testing/factories.js';
import { testChannels } from './testing/test-channels.js';

interface Row {
  enabled: boolean;
  publishedVersion: number | null;
}

/** Two tables of one template, and a count of the statements on each. */
class FakeTables {
  state: Row | undefined = { enabled: true, publishedVersion: 1 };
  versions = new Set([1, 2]);
  isDown = false;
  reads = { state: 0, version: 0 };

  query(text: string, values: readonly unknown[]): Promise<object[]> {
    if (this.isDown) return Promise.reject(new UnavailableError('down'));
    if (text.includes('template_version')) {
      this.reads.version += 1;
      return Promise.resolve(this.versions.has(Number(values[1])) ? [{ definition: makeDefinition() }] : []);
    }
    this.reads.state += 1;
    return Promise.resolve(this.state ? [{ ...this.state }] : []);
  }
}

interface TestClock extends Clock {
  nowMs: number;
}

const clock: TestClock = { nowMs: 0, now: () => new Date(), monotonicMs: () => clock.nowMs };

describe('TemplateCatalogue', () => {
  let tables: FakeTables;
  let catalogue: TemplateCatalogue;

  beforeEach(() => {
    tables = new FakeTables();
    catalogue = new TemplateCatalogue(tables as unknown as Database, testChannels(), clock);
  });

  const faultOf = async (): Promise<unknown> => {
    const outcome = await catalogue.getPublished('order-paid').catch((error: unknown) => error);
    return outcome instanceof ValidationError ? outcome.faults[0] : outcome;
  };

  it('answers from memory within a second, and sees a change of another process after it', async () => {
    expect((await catalogue.getPublished('order-paid')).version).toBe(1);
    tables.state = { enabled: true, publishedVersion: 2 };
    clock.nowMs += 999;
    expect((await catalogue.getPublished('order-paid')).version).toBe(1);
    clock.nowMs += 1;
    expect((await catalogue.getPublished('order-paid')).version).toBe(2);
    expect(tables.reads).toEqual({ state: 2, version: 2 });
  });

  it('sees a change of its own process at once', async () => {
    await catalogue.getPublished('order-paid');
    tables.state = { enabled: true, publishedVersion: 2 };
    catalogue.invalidate('order-paid');
    expect((await catalogue.getPublished('order-paid')).version).toBe(2);
  });

  it('reads once for many who ask at the same time', async () => {
    const found = await Promise.all(Array.from({ length: 100 }, () => catalogue.getPublished('order-paid')));
    expect(new Set(found).size).toBe(1);
    expect(tables.reads).toEqual({ state: 1, version: 1 });
  });

  it.each<[Row | undefined, string]>([
    [undefined, 'unknown_template'],
    [{ enabled: true, publishedVersion: null }, 'template_not_published'],
    [{ enabled: false, publishedVersion: 1 }, 'template_disabled'],
  ])('refuses %j as %s', async (state, code) => {
    tables.state = state;
    expect(await faultOf()).toMatchObject({ pointer: '/template', code });
  });

  it('remembers neither a template that does not exist nor a failure', async () => {
    tables.state = undefined;
    await faultOf();
    tables.state = { enabled: true, publishedVersion: 1 };
    tables.isDown = true;
    expect(await faultOf()).toBeInstanceOf(UnavailableError);
    tables.isDown = false;
    expect((await catalogue.getPublished('order-paid')).version).toBe(1);
  });

  it('keeps versions for good, and asks again for one that was not there', async () => {
    await catalogue.getVersion('order-paid', 2);
    await catalogue.getVersion('order-paid', 2);
    expect(tables.reads.version).toBe(1);
    await expect(catalogue.getVersion('order-paid', 3)).rejects.toThrow(NotFoundError);
    tables.versions.add(3);
    expect((await catalogue.getVersion('order-paid', 3)).version).toBe(3);
  });
});
