import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { Database } from '@throughline/database';
import { commands, consumers, Readiness, SETTINGS, sweeps } from '@throughline/service';
import { AnnounceDueEngagements } from './announce-due-engagements';
import { BuildMetrics } from './build-metrics';
import { HeldCustomers } from './held-customers';
import { JourneyBuilder } from './journey-builder';
import { OnActivateSettings } from './on-activate-settings';
import { OnCorrectHierarchy } from './on-correct-hierarchy';
import { OnCustomerChanged } from './on-customer-changed';
import { OnWithdrawCorrection } from './on-withdraw-correction';
import { RebuildAfterSettings } from './rebuild-after-settings';
import { RetryFailedCustomers } from './retry-failed-customers';
import { RingUnbuiltCustomers } from './ring-unbuilt-customers';
import type { SessionizationSettings } from './settings';
import { ensureSettings } from './settings-versions';

@Injectable()
class FirstSettings implements OnModuleInit {
  constructor(private readonly database: Database) {}

  onModuleInit(): Promise<void> {
    return ensureSettings(this.database);
  }
}

/** What sessionization hears, is asked to do, and does in time. */
@Module({
  providers: [
    FirstSettings,
    BuildMetrics,
    {
      provide: JourneyBuilder,
      inject: [Database, BuildMetrics, Readiness, SETTINGS],
      useFactory: (database: Database, metrics: BuildMetrics, readiness: Readiness, settings: SessionizationSettings) =>
        new JourneyBuilder(database, metrics, readiness, { customers: settings.BUILD_CUSTOMERS, events: settings.BUILD_EVENTS }),
    },
    HeldCustomers,
    ...consumers(OnCustomerChanged),
    ...commands(OnCorrectHierarchy, OnWithdrawCorrection, OnActivateSettings),
    ...sweeps(RingUnbuiltCustomers, RebuildAfterSettings, AnnounceDueEngagements, RetryFailedCustomers),
  ],
})
export class SessionizationModule {}
