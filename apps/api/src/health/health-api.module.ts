import { Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { MessagesModule } from '#libs/messages';
import { QueueModule } from '#libs/queue';
import { HealthController } from './health.controller.js';
import { ReadinessService } from './readiness.service.js';

@Module({
  imports: [DatabaseModule, MessagesModule, QueueModule],
  controllers: [HealthController],
  providers: [ReadinessService],
})
export class HealthApiModule {}
