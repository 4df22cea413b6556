import { Inject, Injectable } from '@nestjs/common';
import { RecallStore, SweepStore } from '#libs/messages';
import { JobProducer } from '#libs/queue';

/** What a pass of the sweep works with. */
@Injectable()
export class SweepParts {
  constructor(
    @Inject(SweepStore) readonly sweep: SweepStore,
    @Inject(RecallStore) readonly recalls: RecallStore,
    @Inject(JobProducer) readonly producer: JobProducer,
  ) {}
}
