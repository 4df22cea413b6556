import { Inject, Injectable } from '@nestjs/common';
import { DISPATCH_OBSERVER, type DispatchObserver } from './dispatch-observer.js';
import { Pipeline, type PipelineResult } from './pipeline.js';
import { LoadRecallStep } from './steps/load-recall.step.js';
import { RecallStep } from './steps/recall.step.js';
import type { RecallRun, RecallVerdict } from './steps/recall-run.js';
import { RouteRecallStep } from './steps/route-recall.step.js';

/** load → route → recall: takes one sent delivery back through the account that sent it. */
@Injectable()
export class RecallPipeline {
  private readonly pipeline: Pipeline<RecallRun, RecallVerdict, RecallVerdict>;

  constructor(
    @Inject(LoadRecallStep) load: LoadRecallStep,
    @Inject(RouteRecallStep) route: RouteRecallStep,
    @Inject(RecallStep) recall: RecallStep,
    @Inject(DISPATCH_OBSERVER) observer: DispatchObserver,
  ) {
    this.pipeline = Pipeline.start<RecallRun, RecallVerdict>(observer).pipe(load).pipe(route).pipe(recall);
  }

  run(run: RecallRun, signal: AbortSignal): Promise<PipelineResult<RecallVerdict, RecallVerdict>> {
    return this.pipeline.run(run, signal);
  }
}
