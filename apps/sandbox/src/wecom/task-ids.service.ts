import { Injectable } from '@nestjs/common';
import { Refusal } from '../exchange/refusal.js';
import { BoundedMap } from '../state/bounded-map.js';
import { ResetRegistry } from '../state/reset-registry.js';

const CAPACITY = 100_000;

/** The task ids of cards: each is taken once per app, for ever. */
@Injectable()
export class TaskIds {
  private readonly taken = new BoundedMap<string, true>(CAPACITY);

  constructor(resets: ResetRegistry) {
    resets.add(() => this.taken.clear());
  }

  /** Empty ids are none. */
  judge(account: string, taskId: string): void {
    if (taskId !== '' && this.taken.get(`${account} ${taskId}`)) {
      throw new Refusal(42014, 'taskid has existed or empty or exceed max len');
    }
  }

  take(account: string, taskId: string): void {
    if (taskId !== '') this.taken.set(`${account} ${taskId}`, true);
  }
}
