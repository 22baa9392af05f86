import { Module } from '@nestjs/common';
import { MetricQuestions } from './metric-questions';
import { MetricStore } from './metric-store';
import { MetricsController } from './metrics-controller';
import { NewestFacts } from './newest-facts';

/** Numbers by the one registry, and the rows behind them. */
@Module({ controllers: [MetricsController], providers: [MetricStore, MetricQuestions, NewestFacts] })
export class MetricsModule {}
