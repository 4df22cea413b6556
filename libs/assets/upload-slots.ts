import { Injectable } from '@nestjs/common';
import { RetryableDeliveryError } from '#libs/core';

/** Files on their way to vendors at once: with the form around them at most 40 MiB each. */
const MOST_AT_ONCE = 6;

/** Longest wait for a slot. Whoever waits in vain comes again later, without having used an attempt. */
const LONGEST_WAIT_MS = 15_000;

interface Waiting {
  readonly go: () => void;
  readonly timer: NodeJS.Timeout;
}

/** Bounds the memory that uploads take, however many files and accounts there are. In order of arrival. */
@Injectable()
export class UploadSlots {
  private running = 0;
  private readonly waiting: Waiting[] = [];

  /** @throws RetryableDeliveryError `provider_busy` after fifteen seconds */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= MOST_AT_ONCE) await this.turn();
    else this.running += 1;
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** The slot goes over from whoever leaves. */
  private turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(new RetryableDeliveryError('provider_busy', 'Too many files are being uploaded', false));
      };
      const entry: Waiting = { go: resolve, timer: setTimeout(giveUp, LONGEST_WAIT_MS) };
      this.waiting.push(entry);
    });
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (!next) {
      this.running -= 1;
      return;
    }
    clearTimeout(next.timer);
    next.go();
  }
}
