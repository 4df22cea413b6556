import type { DueRef } from '#libs/messages';
import type { PublishRef } from '#libs/queue';

/** Puts what the sweep has let go into the queue, each when its slot comes free. */
export class TimedPublisher {
  private readonly waiting = new Map<PublishRef, NodeJS.Timeout>();

  /** @param publish never rejects */
  constructor(private readonly publish: (refs: readonly PublishRef[]) => Promise<void>) {}

  add({ inMs = 0, ...ref }: DueRef): void {
    const timer = setTimeout(
      () => {
        this.waiting.delete(ref);
        void this.publish([ref]);
      },
      Math.ceil(inMs) + 1,
    );
    this.waiting.set(ref, timer);
  }

  /** Ends the waiting; answers what waited, in its order. */
  stop(): readonly PublishRef[] {
    this.waiting.forEach((timer) => clearTimeout(timer));
    const rest = [...this.waiting.keys()];
    this.waiting.clear();
    return rest;
  }
}
