export { DISPATCH_OBSERVER, type DeliveryEnd, type DispatchObserver } from './dispatch-observer.js';
export { DispatchModule } from './dispatch.module.js';
export { Pipeline, type PipelineResult, type Step, type StepObserver, type StepResult } from './pipeline.js';
export { RecallDispatcher } from './recall-dispatcher.js';
export { ReceiptCollector } from './receipts/receipt-collector.js';
export { SendDispatcher } from './send-dispatcher.js';
