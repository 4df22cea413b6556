import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts';
import { AssetsModule } from '#libs/assets';
import { DirectoryModule } from '#libs/directory';
import { MessagesModule } from '#libs/messages';
import { TemplatesModule } from '#libs/templates';
import { ContentMedia } from './content-media.js';
import { DeliveryFinisher } from './delivery-finisher.js';
import { DISPATCH_OBSERVER, type DispatchObserver } from './dispatch-observer.js';
import { FailureEffects } from './failure-effects.js';
import { RecallDispatcher } from './recall-dispatcher.js';
import { RecallPipeline } from './recall.pipeline.js';
import { ReceiptCollector } from './receipts/receipt-collector.js';
import { ReceiptEffects } from './receipts/receipt-effects.js';
import { ReceiptFetcher } from './receipts/receipt-fetcher.js';
import { RefusalFeedback } from './refusal-feedback.js';
import { SendDispatcher } from './send-dispatcher.js';
import { CallSteps, SendPipeline, SendSteps } from './send.pipeline.js';
import { SendingGates } from './sending-gates.js';
import { DedupeStep } from './steps/dedupe.step.js';
import { DeliverStep } from './steps/deliver.step.js';
import { LoadRecallStep } from './steps/load-recall.step.js';
import { MediaStep } from './steps/media.step.js';
import { RecallStep } from './steps/recall.step.js';
import { RouteRecallStep } from './steps/route-recall.step.js';
import { RouteStep } from './steps/route.step.js';
import { SlotsStep } from './steps/slots.step.js';
import { TokenStep } from './steps/token.step.js';
import { ValidateStep } from './steps/validate.step.js';

const STEPS = [
  ValidateStep,
  DedupeStep,
  RouteStep,
  MediaStep,
  TokenStep,
  SlotsStep,
  DeliverStep,
  LoadRecallStep,
  RouteRecallStep,
  RecallStep,
];

/** The two chains and what writes their ends. The observer comes from the app that runs them. */
@Module({})
export class DispatchModule {
  /** @param observer a provider that `from` exports */
  static observedBy(observer: Type<DispatchObserver>, from: Type<object>): DynamicModule {
    return {
      module: DispatchModule,
      imports: [from, AccountsModule, AssetsModule, DirectoryModule, MessagesModule, TemplatesModule],
      providers: [
        { provide: DISPATCH_OBSERVER, useExisting: observer },
        ...STEPS,
        ContentMedia,
        CallSteps,
        SendingGates,
        SendSteps,
        SendPipeline,
        DeliveryFinisher,
        FailureEffects,
        SendDispatcher,
        RecallPipeline,
        RecallDispatcher,
        ReceiptEffects,
        ReceiptFetcher,
        RefusalFeedback,
        ReceiptCollector,
      ],
      exports: [SendDispatcher, RecallDispatcher, ReceiptCollector],
    };
  }
}
