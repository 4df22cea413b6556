import { Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { QueueModule } from '#libs/queue';
import { HealthController } from './health.controller.js';
import { ReadinessService } from './readiness.service.js';

@Module({ imports: [DatabaseModule, QueueModule], controllers: [HealthController], providers: [ReadinessService] })
export class HealthApiModule {}
