import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { UnavailableError } from '#libs/core';
import type { JobProducer } from '#libs/queue';
import { QueueGauge } from './queue-gauge.js';

Logger.overrideLogger(false);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the gauge of the queue', () => {
  let depth: number | Error;
  let readings: number;
  let nowMs: number;
  let gauge: QueueGauge;

  beforeEach(() => {
    depth = 7;
    readings = 0;
    nowMs = 0;
    const producer = {
      depth: () => {
        readings += 1;
        return depth instanceof Error ? Promise.reject(depth) : Promise.resolve(depth);
      },
    };
    gauge = new QueueGauge(producer as unknown as JobProducer, { now: () => new Date(), monotonicMs: () => nowMs });
  });

  /** What is read once the reading that this call may start has come. */
  const readFresh = async (): Promise<number | undefined> => {
    nowMs += 1_000;
    gauge.read();
    await turn();
    return gauge.read();
  };

  it('never makes anybody wait: it answers what it heard last', async () => {
    expect(gauge.read()).toBe(0);
    await turn();
    expect(gauge.read()).toBe(7);
  });

  it('asks four times a second at most', async () => {
    await readFresh();
    for (const stepMs of [100, 100, 40]) {
      nowMs += stepMs;
      gauge.read();
    }
    expect(readings).toBe(1);
    nowMs += 11;
    gauge.read();
    expect(readings).toBe(2);
  });

  it('knows no depth while the queue is away, and again when it is back', async () => {
    depth = new UnavailableError('away');
    await expect(readFresh()).resolves.toBeUndefined();
    depth = 3;
    await expect(readFresh()).resolves.toBe(3);
  });

  it('takes a refusal for the queue being away until it answers again', async () => {
    await readFresh();
    gauge.noteFailure(new UnavailableError('away'));
    expect(gauge.read()).toBeUndefined();
    await expect(readFresh()).resolves.toBe(7);
  });
});
