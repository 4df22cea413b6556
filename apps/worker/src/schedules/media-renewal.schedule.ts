import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { MediaService } from '#libs/assets';

const EVERY_MS = 60_000;

/** Uploads files again before the vendors forget them, so that no send waits for one. Safe in every worker at once. */
@Injectable()
export class MediaRenewalSchedule {
  private readonly logger = new Logger(MediaRenewalSchedule.name);
  private running = false;

  constructor(@Inject(MediaService) private readonly media: MediaService) {}

  @Interval(EVERY_MS)
  async renew(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      const count = await this.media.renewExpiring();
      if (count > 0) this.logger.debug(`Uploaded ${count} files again`);
    } catch (error) {
      this.logger.warn(`Media could not be renewed: ${String(error)}`);
    } finally {
      this.running = false;
    }
  }
}
