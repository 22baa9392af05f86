import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AcceptStore } from './accept-store';
import { Acceptor } from './acceptor';
import { AccessGuard } from './access';
import { BackPressure } from './back-pressure';
import { EventsController } from './events-controller';
import { OnMakeKey } from './on-make-key';
import { OnReplayQuarantine } from './on-replay-quarantine';
import { OnRevokeKey } from './on-revoke-key';
import { OnShowQuarantined } from './on-show-quarantined';
import { OpenApiController } from './open-api-controller';
import { QuarantineController } from './quarantine-controller';
import { QuarantineStore } from './quarantine-store';
import { Replay } from './replay';
import { SourceRegistry } from './source-registry';
import { TrackingController } from './tracking-controller';
import { commands, consumers, sweeps } from '@throughline/service';

/** Ingestion: what comes in, who may send it, what is kept aside. */
@Module({
  controllers: [EventsController, TrackingController, QuarantineController, OpenApiController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    SourceRegistry,
    AcceptStore,
    BackPressure,
    Acceptor,
    QuarantineStore,
    Replay,
    ...consumers(),
    ...commands(OnMakeKey, OnRevokeKey, OnReplayQuarantine, OnShowQuarantined),
    ...sweeps(),
  ],
})
export class IngestionModule {}
