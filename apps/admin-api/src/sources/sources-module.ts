import { Module } from '@nestjs/common';
import { EventStore } from './event-store';
import { KeptController } from './kept-controller';
import { KeptStore } from './kept-store';
import { PipelineStore } from './pipeline-store';
import { SourceStore } from './source-store';
import { SourcesController } from './sources-controller';

/** Sources: what arrives, how far it is, each event, what was kept aside. */
@Module({ controllers: [KeptController, SourcesController], providers: [SourceStore, PipelineStore, EventStore, KeptStore] })
export class SourcesModule {}
