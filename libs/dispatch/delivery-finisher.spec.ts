import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Limiter, TakenSlots } from '#libs/accounts';
import { UnavailableError } from '#libs/core';
import type { DeliveryOutcome, FallbackService, OutcomeAnswer, OutcomeStore } from '#libs/messages';
import { DeliveryFinisher, completeOutcome } from './delivery-finisher.js';
import { DispatchRun } from './dispatch-run.js';
import { makeClaimed, makeRun } from './testing/factories.js';
import { endAs, waitFor, type OutcomeDraft } from './verdict.js';

Logger.overrideLogger(false);

const key = (text: string): Buffer => Buffer.from(text.padEnd(32));
const sent: OutcomeDraft = { status: 'sent', call: { outcome: 'sent', counts: true }, rest: { status: 'sent' } };

describe('the whole outcome of a run', () => {
  it('names the delivery with its fence', () => {
    expect(completeOutcome(makeRun(), sent).delivery).toEqual({ messageId: makeRun().messageId, no: 1, fence: 1 });
  });

  it('is unthinkable without a claim', () => {
    expect(() => completeOutcome(new DispatchRun('m', 1), sent)).toThrow(TypeError);
  });

  it('has an attempt exactly when a call was made and judged', () => {
    const called = makeRun();
    called.call = { addressees: ['u1'], exchange: { status: 200 } };
    expect(completeOutcome(called, sent).attempt).toEqual({
      addressees: ['u1'],
      exchange: { status: 200 },
      outcome: 'sent',
      counts: true,
    });
    expect(completeOutcome(called, waitFor('retry', 0))).not.toHaveProperty('attempt');
    expect(completeOutcome(makeRun(), sent)).not.toHaveProperty('attempt');
  });

  it('holds what the steps had settled, before what the verdict adds', () => {
    const run = makeRun();
    run.settled.push({ rowNo: 2, status: 'suppressed', reason: 'duplicate_content' });
    const own = [{ rowNo: 3, status: 'invalid' as const }];
    expect(completeOutcome(run, { ...sent, exceptions: own }).exceptions).toEqual([...run.settled, ...own]);
  });

  it('carries remarks for the timeline when there are any', () => {
    const run = makeRun();
    expect(completeOutcome(run, sent)).not.toHaveProperty('notes');
    run.notes.push({ code: 'content_cut' });
    expect(completeOutcome(run, sent).notes).toEqual([{ code: 'content_cut' }]);
  });
});

describe('the dedupe claims of a run', () => {
  function settled(draft: OutcomeDraft): Record<string, number | 'released'> {
    const run = makeRun();
    run.claims.push(
      { key: key('one'), rowNo: 1, windowSeconds: 300 },
      { key: key('two'), rowNo: 2, windowSeconds: 600 },
    );
    run.settled.push({ rowNo: 2, status: 'suppressed' });
    return Object.fromEntries(
      completeOutcome(run, draft).claims.map((claim) => [claim.key.toString().trim(), claim.keepSeconds ?? 'released']),
    );
  }

  it.each([
    ['sent', 300],
    ['unknown', 300],
    ['failed', 'released'],
    ['expired', 'released'],
    ['canceled', 'released'],
    ['invalid', 'released'],
    ['suppressed', 'released'],
  ] as const)('of a recipient that ends %s: %s', (status, end) => {
    expect(settled({ ...sent, rest: { status } })).toEqual({ one: end, two: 'released' });
  });

  it('stay open while the recipient is pending', () => {
    expect(settled(waitFor('retry', 5))).toEqual({ two: 'released' });
  });

  it('follow the recipient, not the delivery', () => {
    const exceptions = [{ rowNo: 1, status: 'invalid' as const }];
    expect(settled({ ...sent, exceptions })).toEqual({ one: 'released', two: 'released' });
    expect(settled(endAs('failed', 'content_invalid'))).toEqual({ one: 'released', two: 'released' });
  });
});

describe('the write of an outcome', () => {
  function finisherOn(...script: (OutcomeAnswer | Error)[]) {
    const written: DeliveryOutcome[] = [];
    let nowMs = 0;
    const outcomes = {
      write: (outcome: DeliveryOutcome) => {
        written.push(outcome);
        nowMs += 20_000;
        const next = script.shift() ?? new UnavailableError('still away');
        return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
      },
    };
    const clock = { now: () => new Date(), monotonicMs: () => nowMs };
    const movedOn: DeliveryOutcome[] = [];
    const fallbacks = {
      finish: (outcome: DeliveryOutcome) => {
        movedOn.push(outcome);
        return Promise.resolve({ written: true, status: outcome.status });
      },
    };
    const returned: TakenSlots[] = [];
    const limiter = { giveBack: (slots: TakenSlots) => Promise.resolve(void returned.push(slots)) };
    const finisher = new DeliveryFinisher(
      outcomes as unknown as OutcomeStore,
      fallbacks as unknown as FallbackService,
      limiter as unknown as Limiter,
      clock,
    );
    return { written, movedOn, returned, finisher };
  }

  it('takes the way of the fallback only when somebody did not get it and there is another route', async () => {
    const { finisher, movedOn, written } = finisherOn(
      { written: true, status: 'failed' },
      { written: true, status: 'sent' },
    );
    const mayFallBack = makeClaimed({ mayFallBack: true });
    await finisher.finish(makeRun(), endAs('failed', 'content_invalid'));
    await finisher.finish(makeRun(mayFallBack), sent);
    expect(movedOn).toEqual([]);
    await finisher.finish(makeRun(mayFallBack), endAs('failed', 'content_invalid'));
    expect([written.length, movedOn.length]).toEqual([2, 1]);
  });

  it('takes it also for a recipient who was missed while the others of the delivery wait', async () => {
    const { finisher, movedOn } = finisherOn();
    const run = makeRun(makeClaimed({ mayFallBack: true }));
    run.settled.push({ rowNo: 1, status: 'invalid', reason: 'not_in_directory' });
    await finisher.finish(run, waitFor('retry', 1_000));
    expect(movedOn).toMatchObject([{ status: 'scheduled' }]);
  });

  it('is repeated while PostgreSQL is away', async () => {
    const { finisher, written } = finisherOn(new UnavailableError('away'), { written: true, status: 'sent' });
    await expect(finisher.finish(makeRun(), sent)).resolves.toEqual({ written: true, status: 'sent' });
    expect(written).toHaveLength(2);
  });

  it('is given up after a minute', async () => {
    const { finisher, written } = finisherOn();
    await expect(finisher.finish(makeRun(), sent)).rejects.toThrow(UnavailableError);
    expect(written.length).toBeLessThanOrEqual(4);
  });

  it('is not repeated when PostgreSQL refuses it', async () => {
    const { finisher, written } = finisherOn(new TypeError('refused'));
    await expect(finisher.finish(makeRun(), sent)).rejects.toThrow('refused');
    expect(written).toHaveLength(1);
  });

  const written = { written: true, status: 'sent' } as const;
  const slots = { people: 1, subjects: [] } as unknown as TakenSlots;
  const unreached = { ...waitFor('retry', 0), call: { outcome: 'not_sent', counts: false } } as const;

  it.each([
    ['no call was made', waitFor('retry', 0), undefined],
    ['the provider was not reached', unreached, { fault: 'connect_failed' }],
  ])('gives slots back when %s', async (_case, draft, exchange) => {
    const { finisher, returned } = finisherOn(written);
    const run = makeRun();
    run.slots = slots;
    run.call = exchange && { addressees: [], exchange };
    await finisher.finish(run, draft);
    expect(returned).toEqual([slots]);
  });

  it.each([
    ['took it', sent, { status: 200 }],
    ['asked to slow down', unreached, { status: 429 }],
    ['may have seen it', { ...endAs('unknown', 'x'), call: { outcome: 'unknown', counts: true } }, { fault: 'lost' }],
  ] as const)('keeps them when the provider %s', async (_case, draft, exchange) => {
    const { finisher, returned } = finisherOn(written);
    const run = makeRun();
    run.slots = slots;
    run.call = { addressees: [], exchange };
    await finisher.finish(run, draft);
    expect(returned).toEqual([]);
  });
});
