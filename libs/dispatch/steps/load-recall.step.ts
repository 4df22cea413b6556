import { Inject, Injectable } from '@nestjs/common';
import { RecallItemStore } from '#libs/messages';
import type { Step, StepResult } from '../pipeline.js';
import type { LoadedRecall, RecallRun, RecallVerdict } from './recall-run.js';

/** The delivery is still being sent: look again soon. */
const STILL_SENDING_MS = 1_000;

/** Claims the recall item and looks at what its delivery has become since the recall was asked for. */
@Injectable()
export class LoadRecallStep implements Step<RecallRun, LoadedRecall, RecallVerdict> {
  readonly name = 'load';

  constructor(@Inject(RecallItemStore) private readonly items: RecallItemStore) {}

  async run(run: RecallRun): Promise<StepResult<LoadedRecall, RecallVerdict>> {
    const item = await this.items.claim(run.recallId, run.messageId, run.deliveryNo);
    if (!item) return { stop: null };
    run.item = item;
    switch (item.deliveryStatus) {
      case 'sending':
        return { stop: { status: 'waiting', waitMs: STILL_SENDING_MS, counts: false } };
      case 'canceled':
        return { stop: { status: 'canceled', counts: false } };
      case 'sent':
      case 'partial':
      case 'unknown':
        return { next: { run, item } };
      default:
        return { stop: { status: 'failed', reason: 'nothing_to_recall', counts: false } };
    }
  }
}
