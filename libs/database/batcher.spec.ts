import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UnavailableError } from '#libs/core';
import { Batcher, type BatcherOptions } from './batcher.js';

const pgError = (code: string): Error => Object.assign(new Error(`SQLSTATE ${code}`), { code, severity: 'ERROR' });

/** Runs that the test ends by hand. */
class HeldRuns {
  readonly batches: (readonly string[])[] = [];
  private readonly ends: ((error?: Error) => void)[] = [];

  readonly run = (items: readonly string[]): Promise<readonly string[]> => {
    this.batches.push(items);
    return new Promise((resolve, reject) => {
      this.ends.push((error) => (error === undefined ? resolve(items.map((item) => `${item}!`)) : reject(error)));
    });
  };

  /** Ends the oldest run that is still under way and lets everything follow from it. */
  async end(error?: Error): Promise<void> {
    this.ends.shift()?.(error);
    await turn();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

const batcherOf = (options: Partial<BatcherOptions<string, string>> & Pick<BatcherOptions<string, string>, 'run'>) =>
  new Batcher<string, string>({
    name: 'things',
    keyOf: (item) => item.replace(/\d+$/, ''),
    maxBatch: 10,
    maxWaiting: 100,
    ...options,
  });

/** A run that fails as PostgreSQL does when one of the items is bad. */
const refusing =
  (isBad: (item: string) => boolean, code: string, seen: (readonly string[])[] = []) =>
  (items: readonly string[]): Promise<readonly string[]> => {
    seen.push(items);
    return items.some(isBad) ? Promise.reject(pgError(code)) : Promise.resolve(items.map((item) => `${item}!`));
  };

describe('the batcher', () => {
  it('puts the calls of one turn of the event loop into one statement', async () => {
    const runs = new HeldRuns();
    const batcher = batcherOf({ run: runs.run });
    const results = ['a', 'b', 'c'].map((item) => batcher.add(item));
    await turn();
    expect(runs.batches).toEqual([['a', 'b', 'c']]);
    await runs.end();
    await expect(Promise.all(results)).resolves.toEqual(['a!', 'b!', 'c!']);
  });

  it('gathers for the next statement while one is in flight', async () => {
    const runs = new HeldRuns();
    const batcher = batcherOf({ run: runs.run });
    const first = batcher.add('a');
    await turn();
    const later = ['b', 'c'].map((item) => batcher.add(item));
    await turn();
    expect(runs.batches).toEqual([['a']]);
    expect(batcher.backlog).toBe(2);
    await runs.end();
    expect(runs.batches).toEqual([['a'], ['b', 'c']]);
    await runs.end();
    await Promise.all([first, ...later]);
  });

  it('has as many statements in flight as it has lanes', async () => {
    const runs = new HeldRuns();
    const batcher = batcherOf({ run: runs.run, lanes: 2, maxBatch: 1 });
    const results = ['a', 'b', 'c'].map((item) => batcher.add(item));
    await turn();
    expect(runs.batches).toEqual([['a'], ['b']]);
    await runs.end();
    expect(runs.batches).toEqual([['a'], ['b'], ['c']]);
    await runs.end();
    await runs.end();
    await Promise.all(results);
  });

  it('sorts a batch by key, so that concurrent batches lock in one order, and answers each caller its own', async () => {
    const runs = new HeldRuns();
    const batcher = batcherOf({ run: runs.run });
    const results = ['c', 'a', 'b'].map((item) => batcher.add(item));
    await turn();
    expect(runs.batches).toEqual([['a', 'b', 'c']]);
    await runs.end();
    await expect(Promise.all(results)).resolves.toEqual(['c!', 'a!', 'b!']);
  });

  it('puts equal keys into different batches, in the order they came', async () => {
    const runs = new HeldRuns();
    const batcher = batcherOf({ run: runs.run });
    const results = ['a1', 'a2', 'b1', 'a3'].map((item) => batcher.add(item));
    await turn();
    await runs.end();
    await runs.end();
    await runs.end();
    expect(runs.batches).toEqual([['a1', 'b1'], ['a2'], ['a3']]);
    await expect(Promise.all(results)).resolves.toEqual(['a1!', 'a2!', 'b1!', 'a3!']);
  });

  it('keeps to the size of a batch', async () => {
    const runs = new HeldRuns();
    const batcher = batcherOf({ run: runs.run, maxBatch: 2 });
    const results = ['a', 'b', 'c', 'd', 'e'].map((item) => batcher.add(item));
    await turn();
    await runs.end();
    await runs.end();
    await runs.end();
    expect(runs.batches.map((batch) => batch.length)).toEqual([2, 2, 1]);
    await Promise.all(results);
  });

  it.each(['22P05', '23505', '55P03'])('on %s rejects the bad item alone', async (code) => {
    const items = Array.from({ length: 32 }, (_, index) => String.fromCharCode(97 + index));
    const statements: (readonly string[])[] = [];
    const batcher = batcherOf({ maxBatch: 50, run: refusing((item) => item === 'h', code, statements) });
    const results = await Promise.allSettled(items.map((item) => batcher.add(item)));
    const rejected = items.filter((_, index) => results[index]?.status === 'rejected');
    expect(rejected).toEqual(['h']);
    // Halving: two statements on each of the five levels below the first.
    expect(statements.length).toBe(11);
  });

  it.each(['40P01', '40001'])('on %s repeats the same batch', async (code) => {
    let failures = 3;
    const statements: (readonly string[])[] = [];
    const batcher = batcherOf({ run: refusing(() => (failures -= 1) >= 0, code, statements) });
    await expect(Promise.all(['a', 'b'].map((item) => batcher.add(item)))).resolves.toEqual(['a!', 'b!']);
    expect(statements).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('stops repeating a deadlock that never ends', async () => {
    const statements: (readonly string[])[] = [];
    const batcher = batcherOf({ maxRepeats: 2, run: refusing(() => true, '40P01', statements) });
    await expect(batcher.add('a')).rejects.toMatchObject({ code: '40P01' });
    expect(statements.length).toBe(3);
  });

  it('rejects the whole batch when the database is away, and goes on afterwards', async () => {
    const runs = new HeldRuns();
    const batcher = batcherOf({ run: runs.run });
    const results = Promise.allSettled(['a', 'b'].map((item) => batcher.add(item)));
    await turn();
    await runs.end(new UnavailableError('away'));
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = batcher.add('c');
    await turn();
    await runs.end();
    await expect(next).resolves.toBe('c!');
  });

  it('rejects when a statement answers another number of results', async () => {
    const batcher = batcherOf({ run: () => Promise.resolve([]) });
    await expect(batcher.add('a')).rejects.toThrow(TypeError);
  });

  it('refuses more than may wait', async () => {
    const runs = new HeldRuns();
    const batcher = batcherOf({ run: runs.run, maxWaiting: 2 });
    const first = batcher.add('a');
    await turn();
    const waiting = ['b', 'c'].map((item) => batcher.add(item));
    await expect(batcher.add('d')).rejects.toThrow(UnavailableError);
    await runs.end();
    await runs.end();
    await expect(Promise.all([first, ...waiting])).resolves.toEqual(['a!', 'b!', 'c!']);
  });

  it('turns away who waits too long, and never runs it', async () => {
    const runs = new HeldRuns();
    const batcher = batcherOf({ run: runs.run, maxWaitMs: 20 });
    const first = batcher.add('a');
    await turn();
    const waiting = ['b', 'c'].map((item) => batcher.add(item));
    for (const late of waiting) await expect(late).rejects.toThrow(UnavailableError);
    const next = batcher.add('d');
    await runs.end();
    await runs.end();
    await expect(Promise.all([first, next])).resolves.toEqual(['a!', 'd!']);
    expect(runs.batches).toEqual([['a'], ['d']]);
  });

  it('drains when the last statement has ended, whichever way', async () => {
    const runs = new HeldRuns();
    const batcher = batcherOf({ run: runs.run, maxBatch: 1 });
    await batcher.drain();
    const results = Promise.allSettled(['a', 'b'].map((item) => batcher.add(item)));
    let isDrained = false;
    const drained = batcher.drain().then(() => (isDrained = true));
    await turn();
    await runs.end();
    expect(isDrained).toBe(false);
    await runs.end(new Error('x'));
    await drained;
    await results;
    expect(batcher.backlog).toBe(0);
  });

  it('answers each caller once and rejects bad items only, whatever is added when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.nat(5), bad: fc.boolean(), pause: fc.boolean() }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 3 }),
        async (calls, maxBatch, lanes) => {
          const run = refusing((item) => item.startsWith('bad'), '22000');
          const batcher = batcherOf({ run, maxBatch, lanes, keyOf: (item) => item.slice(0, 4) });
          const results: Promise<PromiseSettledResult<string>[]>[] = [];
          for (const [index, { key, bad, pause }] of calls.entries()) {
            results.push(Promise.allSettled([batcher.add(`${bad ? 'bad' : 'ok_'}${key} ${index}`)]));
            if (pause) await turn();
          }
          const settled = (await Promise.all(results)).flat();
          const expected = calls.map(({ key, bad }, index) => (bad ? 'rejected' : `ok_${key} ${index}!`));
          expect(settled.map((end) => (end.status === 'rejected' ? end.status : end.value))).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});
