import { Module } from '@nestjs/common';
import { KeptFacts } from './kept-facts';
import { MetricQuestions } from './metric-questions';
import { MetricStore } from './metric-store';
import { MetricsController } from './metrics-controller';
import { NewestFacts } from './newest-facts';
import { RecentAnswers } from './recent-answers';
import { ScoreWatch } from './score-watch';

/** Numbers by the one registry, and the rows behind them. */
@Module({
  controllers: [MetricsController],
  providers: [MetricStore, MetricQuestions, NewestFacts, KeptFacts, ScoreWatch, { provide: RecentAnswers, useFactory: () => new RecentAnswers() }],
})
export class MetricsModule {}
