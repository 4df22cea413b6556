import { Module } from '@nestjs/common';
import { CardsModule } from '#libs/messages';
import { MetricsApiModule } from '../metrics/metrics-api.module.js';
import { CallbackMetrics } from './callback-metrics.js';
import { CallbacksController } from './callbacks.controller.js';

@Module({
  imports: [CardsModule, MetricsApiModule],
  controllers: [CallbacksController],
  providers: [CallbackMetrics],
})
export class CallbacksApiModule {}
