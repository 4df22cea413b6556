import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { UnavailableError } from '#libs/core';
import type { Sql } from '#libs/database';
import type { ReplayService } from '../control/replay.service.js';
import type { DeadLetterReader } from './dead-letter.reader.js';
import { ReplayJobService } from './replay-job.service.js';
import type { DueReplayJob, ReplayJobStore } from './replay-job.store.js';

Logger.overrideLogger(false);

/** Jobs that are due, by id; one of them fails as arranged. */
function jobsWith(due: string[], failing: Readonly<Record<string, Error>>) {
  const advanced: string[] = [];
  const postponed: [string, number][] = [];
  const store = {
    transaction: <T>(work: (sql: Sql) => Promise<T>) => work({} as Sql),
    takeDue: () =>
      Promise.resolve(due[0] === undefined ? undefined : ({ id: due[0], ratePerMinute: 60 } as DueReplayJob)),
    nextItems: (_sql: Sql, { id }: DueReplayJob) => {
      const error = failing[id];
      return error ? Promise.reject(error) : Promise.resolve([]);
    },
    advance: (_sql: Sql, id: string) => Promise.resolve(void advanced.push(due.shift() ?? id)),
    postpone: (id: string, seconds: number) => {
      postponed.push([id, seconds]);
      due.shift();
      return Promise.resolve();
    },
  };
  const none = {} as unknown;
  const service = new ReplayJobService(
    store as unknown as ReplayJobStore,
    none as DeadLetterReader,
    none as ReplayService,
  );
  return { advanced, postponed, service };
}

describe('replays of dead letters', () => {
  it('go on when one of them fails: that one is tried again after a minute', async () => {
    const { advanced, postponed, service } = jobsWith(['a', 'b', 'c'], { a: new TypeError('a bug') });
    await service.runDue();
    expect(advanced).toEqual(['b', 'c']);
    expect(postponed).toEqual([['a', 60]]);
  });

  it('wait for PostgreSQL while it is away', async () => {
    const { postponed, service } = jobsWith(['a'], { a: new UnavailableError('away') });
    await expect(service.runDue()).rejects.toThrow(UnavailableError);
    expect(postponed).toEqual([]);
  });
});
