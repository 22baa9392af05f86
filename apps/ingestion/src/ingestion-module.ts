import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AcceptStore } from './accept-store';
import { Acceptor } from './acceptor';
import { AccessGuard } from './access';
import { BackPressure } from './back-pressure';
import { EventsController } from './events-controller';
import { SourceRegistry } from './source-registry';

/** Ingestion: what comes in, who may send it, what is kept aside. */
@Module({
  controllers: [EventsController],
  providers: [{ provide: APP_GUARD, useClass: AccessGuard }, SourceRegistry, AcceptStore, BackPressure, Acceptor],
})
export class IngestionModule {}
