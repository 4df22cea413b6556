import { Module } from '@nestjs/common';
import { DispatchMetrics } from './dispatch-metrics.js';

@Module({ providers: [DispatchMetrics], exports: [DispatchMetrics] })
export class DispatchMetricsModule {}
