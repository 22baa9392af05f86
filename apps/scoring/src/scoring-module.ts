import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { Database } from '@throughline/database';
import { commands, consumers, PathToHierarchy, Readiness, SETTINGS, sweeps } from '@throughline/service';
import { HeldCustomers } from './held-customers';
import { JourneyScorer } from './journey-scorer';
import { LearnNorms } from './learn-norms';
import { OnJourneyChanged } from './on-journey-changed';
import { RescoreAfterSettings } from './rescore-after-settings';
import { RetryFailedCustomers } from './retry-failed-customers';
import { RingUnscoredCustomers } from './ring-unscored-customers';
import { ScoreMetrics } from './score-metrics';
import { segmentCommands, segmentProviders, segmentSweeps } from './segments/segment-providers';
import type { ScoringServiceSettings } from './settings';
import { ensureSettings } from './settings-versions';

@Injectable()
class FirstSettings implements OnModuleInit {
  constructor(private readonly database: Database) {}

  onModuleInit(): Promise<void> {
    return ensureSettings(this.database);
  }
}

/** What scoring hears, is asked to do, and does in time. */
@Module({
  providers: [
    FirstSettings,
    PathToHierarchy,
    ScoreMetrics,
    {
      provide: JourneyScorer,
      inject: [Database, ScoreMetrics, Readiness, SETTINGS],
      useFactory: (database: Database, metrics: ScoreMetrics, readiness: Readiness, settings: ScoringServiceSettings) =>
        new JourneyScorer(database, metrics, readiness, settings.SCORE_CUSTOMERS),
    },
    HeldCustomers,
    ...segmentProviders,
    ...consumers(OnJourneyChanged),
    ...commands(...segmentCommands),
    ...sweeps(RingUnscoredCustomers, RescoreAfterSettings, RetryFailedCustomers, LearnNorms, ...segmentSweeps),
  ],
})
export class ScoringModule {}
