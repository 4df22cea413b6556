import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DispatchRun } from './dispatch-run.js';
import { Pipeline, type Step, type StepResult } from './pipeline.js';
import type { DedupeStep } from './steps/dedupe.step.js';
import type { DeliverStep } from './steps/deliver.step.js';
import type { LoadRecallStep } from './steps/load-recall.step.js';
import type {
  AdmittedDelivery,
  EquippedDelivery,
  PreparedDelivery,
  RoutedDelivery,
} from './steps/prepared-delivery.js';
import type { RecallStep } from './steps/recall.step.js';
import type { MediaStep } from './steps/media.step.js';
import type { LoadedRecall, RecallRun, RecallVerdict, RoutedRecall } from './steps/recall-run.js';
import type { RouteRecallStep } from './steps/route-recall.step.js';
import type { RouteStep } from './steps/route.step.js';
import type { ValidateStep } from './steps/validate.step.js';
import type { Verdict } from './verdict.js';

const signal = new AbortController().signal;

/** A step that appends its name to the list it is given, or does something else. */
class TestStep implements Step<string[], string[], string> {
  readonly inputs: string[][] = [];

  constructor(
    readonly name: string,
    private readonly end: 'next' | 'stop' | Error = 'next',
  ) {}

  run(input: string[]): Promise<StepResult<string[], string>> {
    this.inputs.push(input);
    if (this.end instanceof Error) return Promise.reject(this.end);
    return Promise.resolve(this.end === 'stop' ? { stop: `${this.name} says no` } : { next: [...input, this.name] });
  }
}

describe('a pipeline', () => {
  let told: string[];
  const observer = { stepEnded: (step: string, end: string) => void told.push(`${step} ${end}`) };

  const pipelineOf = (...steps: readonly TestStep[]): Pipeline<string[], string[], string> =>
    steps.reduce<Pipeline<string[], string[], string>>(
      (pipeline, step) => pipeline.pipe(step),
      Pipeline.start<string[], string>(observer),
    );

  beforeEach(() => {
    told = [];
  });

  it('runs its steps in order, each on what the one before it made', async () => {
    const pipeline = pipelineOf(new TestStep('a'), new TestStep('b'), new TestStep('c'));
    await expect(pipeline.run([], signal)).resolves.toEqual({ done: ['a', 'b', 'c'] });
    expect(told).toEqual(['a next', 'b next', 'c next']);
  });

  it('without steps gives back what it got', async () => {
    await expect(pipelineOf().run(['x'], signal)).resolves.toEqual({ done: ['x'] });
  });

  it('ends where a step says stop, with its verdict', async () => {
    const last = new TestStep('c');
    const pipeline = pipelineOf(new TestStep('a'), new TestStep('b', 'stop'), last);
    await expect(pipeline.run([], signal)).resolves.toEqual({ stopped: 'b says no', step: 'b' });
    expect(last.inputs).toEqual([]);
    expect(told).toEqual(['a next', 'b stop']);
  });

  it('lets a throw through as it is, told to the observer', async () => {
    const fault = new Error('no');
    const pipeline = pipelineOf(new TestStep('a', fault), new TestStep('b'));
    await expect(pipeline.run([], signal)).rejects.toBe(fault);
    expect(told).toEqual(['a error']);
  });

  it('is built once and run many times, also at once', async () => {
    const pipeline = pipelineOf(new TestStep('a'), new TestStep('b'));
    const ends = await Promise.all(['x', 'y'].map((input) => pipeline.run([input], signal)));
    expect(ends).toEqual([{ done: ['x', 'a', 'b'] }, { done: ['y', 'a', 'b'] }]);
  });

  it('can be branched: a longer one leaves the shorter one as it was', async () => {
    const short = pipelineOf(new TestStep('a'));
    short.pipe(new TestStep('b'));
    await expect(short.run([], signal)).resolves.toEqual({ done: ['a'] });
  });
});

/** Whether the compiler takes a step in a place where `Input` is known. */
type Fits<Candidate, Input, End> = Candidate extends Step<Input, infer _Output, End> ? true : false;

describe('the order of the steps', () => {
  it('is checked by the compiler: each step fits in its own place', () => {
    const send: [
      Fits<ValidateStep, DispatchRun, Verdict>,
      Fits<DedupeStep, PreparedDelivery, Verdict>,
      Fits<RouteStep, AdmittedDelivery, Verdict>,
      Fits<MediaStep, RoutedDelivery, Verdict>,
      Fits<DeliverStep, EquippedDelivery, Verdict>,
    ] = [true, true, true, true, true];
    const recall: [
      Fits<LoadRecallStep, RecallRun, RecallVerdict>,
      Fits<RouteRecallStep, LoadedRecall, RecallVerdict>,
      Fits<RecallStep, RoutedRecall, RecallVerdict>,
    ] = [true, true, true];
    expect([...send, ...recall]).not.toContain(false);
  });

  it('is checked by the compiler: no step fits where an earlier one is left out', () => {
    const send: [
      Fits<DedupeStep, DispatchRun, Verdict>,
      Fits<RouteStep, DispatchRun, Verdict>,
      Fits<RouteStep, PreparedDelivery, Verdict>,
      Fits<DeliverStep, DispatchRun, Verdict>,
      Fits<DeliverStep, PreparedDelivery, Verdict>,
      Fits<DeliverStep, AdmittedDelivery, Verdict>,
      Fits<DeliverStep, RoutedDelivery, Verdict>,
      Fits<MediaStep, AdmittedDelivery, Verdict>,
      Fits<ValidateStep, PreparedDelivery, Verdict>,
    ] = [false, false, false, false, false, false, false, false, false];
    const recall: [
      Fits<RecallStep, RecallRun, RecallVerdict>,
      Fits<RecallStep, LoadedRecall, RecallVerdict>,
      Fits<RouteRecallStep, RecallRun, RecallVerdict>,
    ] = [false, false, false];
    expect([...send, ...recall]).not.toContain(true);
  });
});
