import { Inject, Injectable } from '@nestjs/common';
import { ContentMedia } from '../content-media.js';
import type { Step, StepResult } from '../pipeline.js';
import { handBack, type Verdict } from '../verdict.js';
import type { EquippedDelivery, RoutedDelivery } from './prepared-delivery.js';

/** Replaces the uploaded files that a content names by what the vendor calls them, uploading them where needed. */
@Injectable()
export class MediaStep implements Step<RoutedDelivery, EquippedDelivery, Verdict> {
  readonly name = 'media';

  constructor(@Inject(ContentMedia) private readonly media: ContentMedia) {}

  async run(routed: RoutedDelivery, signal: AbortSignal): Promise<StepResult<EquippedDelivery, Verdict>> {
    const equipped = await this.media.equip(routed, signal);
    return equipped ? { next: equipped } : { stop: handBack };
  }
}
