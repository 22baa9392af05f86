import { Module } from '@nestjs/common';
import { StatusController } from './status-controller';
import { StatusStore } from './status-store';

/** What arrived, how far it is, what waits for a person. */
@Module({ controllers: [StatusController], providers: [StatusStore] })
export class StatusModule {}
