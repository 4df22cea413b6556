import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { TokenService } from '#libs/accounts';

const EVERY_MS = 30_000;

/** Renews access tokens before they expire, so that no send waits for one. Safe in every worker at once. */
@Injectable()
export class TokenRefreshSchedule {
  private readonly logger = new Logger(TokenRefreshSchedule.name);
  private running = false;

  constructor(@Inject(TokenService) private readonly tokens: TokenService) {}

  @Interval(EVERY_MS)
  async refresh(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      const count = await this.tokens.refreshExpiring();
      if (count > 0) this.logger.debug(`Refreshed ${count} access tokens`);
    } catch (error) {
      this.logger.warn(`Access tokens could not be refreshed: ${String(error)}`);
    } finally {
      this.running = false;
    }
  }
}
