import { Injectable } from '@nestjs/common';

/** Everything that remembers something enrols here, so that one call brings the sandbox back to its start. */
@Injectable()
export class ResetRegistry {
  private readonly resets: (() => void)[] = [];

  add(reset: () => void): void {
    this.resets.push(reset);
  }

  resetAll(): void {
    for (const reset of this.resets) reset();
  }
}
