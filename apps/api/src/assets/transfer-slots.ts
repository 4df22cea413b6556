import { UnavailableError } from '#libs/core';

export interface TransferLimits {
  /** Of the process: bounds its memory. */
  readonly total: number;
  /** Of one caller, so that nobody takes all of them. */
  readonly perCaller: number;
}

/** Files in memory on their way in or out. Whoever finds no slot is told to come again. */
export class TransferSlots {
  private readonly taken = new Map<string, number>();
  private total = 0;

  constructor(
    private readonly what: string,
    private readonly limits: TransferLimits,
  ) {}

  /**
   * Answers how the slot is given back; more than once does no harm.
   * @throws UnavailableError
   */
  take(callerId: string): () => void {
    const own = this.taken.get(callerId) ?? 0;
    if (this.total >= this.limits.total) throw new UnavailableError(`Too many files are being ${this.what}`);
    if (own >= this.limits.perCaller) {
      throw new UnavailableError(`Too many files of this caller are being ${this.what}`);
    }
    this.total += 1;
    this.taken.set(callerId, own + 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.giveBack(callerId);
      isTaken = false;
    };
  }

  private giveBack(callerId: string): void {
    this.total -= 1;
    const left = (this.taken.get(callerId) ?? 1) - 1;
    if (left === 0) this.taken.delete(callerId);
    else this.taken.set(callerId, left);
  }
}
