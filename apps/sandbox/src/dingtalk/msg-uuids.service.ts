import { Injectable } from '@nestjs/common';
import type { JsonValue } from '#libs/core';
import { BoundedMap } from '../state/bounded-map.js';
import { ResetRegistry } from '../state/reset-registry.js';

const CAPACITY = 100_000;

/** The idempotency keys of webhook messages. How long the vendor remembers one is not documented; here, while there is room. */
@Injectable()
export class MsgUuids {
  private readonly seen = new BoundedMap<string, true>(CAPACITY);

  constructor(resets: ResetRegistry) {
    resets.add(() => this.seen.clear());
  }

  isRepeated(robot: string, msgUuid: JsonValue | undefined): boolean {
    if (typeof msgUuid !== 'string' || msgUuid === '') return false;
    const key = `${robot} ${msgUuid}`;
    if (this.seen.get(key)) return true;
    this.seen.set(key, true);
    return false;
  }
}
