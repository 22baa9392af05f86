import { Inject, Injectable, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { defaultIdentitySettings } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { commands, consumers, Readiness, SETTINGS, sweeps } from '@throughline/service';
import { OnDecideIdentity } from './on-decide-identity';
import { OnEventAccepted } from './on-event-accepted';
import { OnWithdrawDecision } from './on-withdraw-decision';
import { ResolveMetrics } from './resolve-metrics';
import { Resolver } from './resolver';
import { RetryFailedEvents } from './retry-failed-events';
import { RingUnresolvedEvents } from './ring-unresolved-events';
import type { IdentityServiceSettings } from './settings';

/** Gives the lease back, so that the next worker need not wait for its end. */
@Injectable()
class HandOver implements BeforeApplicationShutdown {
  constructor(@Inject(Resolver) private readonly resolver: Resolver) {}

  beforeApplicationShutdown(): Promise<void> {
    return this.resolver.close();
  }
}

/** What identity hears, is asked to do, and does in time. */
@Module({
  providers: [
    ResolveMetrics,
    {
      provide: Resolver,
      inject: [Database, ResolveMetrics, Readiness, SETTINGS],
      useFactory: (database: Database, metrics: ResolveMetrics, readiness: Readiness, settings: IdentityServiceSettings) =>
        new Resolver(
          database,
          metrics,
          readiness,
          { ...defaultIdentitySettings, regions: { ...defaultIdentitySettings.regions, '': settings.DEFAULT_REGION } },
          { events: settings.RESOLVE_EVENTS, leaseMs: settings.LEASE_MS, flushEvents: settings.FLUSH_EVENTS },
        ),
    },
    HandOver,
    ...consumers(OnEventAccepted),
    ...commands(OnDecideIdentity, OnWithdrawDecision),
    ...sweeps(RingUnresolvedEvents, RetryFailedEvents),
  ],
})
export class IdentityModule {}
