import { Inject, Injectable } from '@nestjs/common';
import type { DispatchRun } from './dispatch-run.js';
import { Pipeline, type PipelineResult } from './pipeline.js';
import { DISPATCH_OBSERVER, type DispatchObserver } from './dispatch-observer.js';
import { DedupeStep } from './steps/dedupe.step.js';
import { DeliverStep } from './steps/deliver.step.js';
import { MediaStep } from './steps/media.step.js';
import type { DeliveredDelivery } from './steps/prepared-delivery.js';
import { RouteStep } from './steps/route.step.js';
import { SlotsStep } from './steps/slots.step.js';
import { TokenStep } from './steps/token.step.js';
import { ValidateStep } from './steps/validate.step.js';
import type { Verdict } from './verdict.js';

/** The steps that talk to the vendor. */
@Injectable()
export class CallSteps {
  constructor(
    @Inject(MediaStep) readonly media: MediaStep,
    @Inject(TokenStep) readonly token: TokenStep,
    @Inject(SlotsStep) readonly slots: SlotsStep,
    @Inject(DeliverStep) readonly deliver: DeliverStep,
  ) {}
}

/** The steps of the send pipeline, in no particular order; the pipeline decides that. */
@Injectable()
export class SendSteps {
  constructor(
    @Inject(ValidateStep) readonly validate: ValidateStep,
    @Inject(DedupeStep) readonly dedupe: DedupeStep,
    @Inject(RouteStep) readonly route: RouteStep,
    @Inject(CallSteps) readonly call: CallSteps,
  ) {}
}

/** validate → dedupe → route → media → token → slots → deliver. A wrong order does not compile. */
@Injectable()
export class SendPipeline {
  private readonly pipeline: Pipeline<DispatchRun, DeliveredDelivery, Verdict>;

  constructor(@Inject(SendSteps) steps: SendSteps, @Inject(DISPATCH_OBSERVER) observer: DispatchObserver) {
    this.pipeline = Pipeline.start<DispatchRun, Verdict>(observer)
      .pipe(steps.validate)
      .pipe(steps.dedupe)
      .pipe(steps.route)
      .pipe(steps.call.media)
      .pipe(steps.call.token)
      .pipe(steps.call.slots)
      .pipe(steps.call.deliver);
  }

  run(run: DispatchRun, signal: AbortSignal): Promise<PipelineResult<DeliveredDelivery, Verdict>> {
    return this.pipeline.run(run, signal);
  }
}
