/** A normal early end: nothing is wrong, and nothing more happens now. `verdict` says what becomes of the delivery. */
export interface Stop<Verdict> {
  readonly verdict: Verdict;
}

export type StepResult<Output, Verdict> = { readonly next: Output } | { readonly stop: Verdict };

/** One link of a chain. Ends in `next`, in `stop`, or in a throw from the error taxonomy. */
export interface Step<Input, Output, Verdict> {
  readonly name: string;
  /** A property, not a method: only then does the compiler refuse a step that wants more than its predecessor gives. */
  readonly run: (input: Input, signal: AbortSignal) => Promise<StepResult<Output, Verdict>>;
}

/** Told once per step; metrics and logs hang here and nowhere else. */
export interface StepObserver {
  stepEnded(step: string, end: 'next' | 'stop' | 'error', durationMs: number): void;
}

export type PipelineResult<Output, Verdict> =
  { readonly done: Output } | { readonly stopped: Verdict; readonly step: string };

type Run<Input, Output, Verdict> = (input: Input, signal: AbortSignal) => Promise<PipelineResult<Output, Verdict>>;

/**
 * A chain of responsibility whose order is checked by the compiler: the output type of each step is the input type of
 * the next one. A pipeline is itself a step's worth of work: build it once, run it for every job.
 */
export class Pipeline<Input, Output, Verdict> {
  private constructor(
    private readonly observer: StepObserver,
    readonly run: Run<Input, Output, Verdict>,
  ) {}

  static start<Input, Verdict>(observer: StepObserver): Pipeline<Input, Input, Verdict> {
    return new Pipeline<Input, Input, Verdict>(observer, (input) => Promise.resolve({ done: input }));
  }

  pipe<Next>(step: Step<Output, Next, Verdict>): Pipeline<Input, Next, Verdict> {
    return new Pipeline<Input, Next, Verdict>(this.observer, async (input, signal) => {
      const before = await this.run(input, signal);
      return 'stopped' in before ? before : this.runStep(step, before.done, signal);
    });
  }

  private async runStep<Next>(
    step: Step<Output, Next, Verdict>,
    input: Output,
    signal: AbortSignal,
  ): Promise<PipelineResult<Next, Verdict>> {
    const startedMs = performance.now();
    const ended = (end: 'next' | 'stop' | 'error'): void =>
      this.observer.stepEnded(step.name, end, performance.now() - startedMs);
    try {
      const result = await step.run(input, signal);
      if ('stop' in result) {
        ended('stop');
        return { stopped: result.stop, step: step.name };
      }
      ended('next');
      return { done: result.next };
    } catch (error) {
      ended('error');
      throw error;
    }
  }
}
