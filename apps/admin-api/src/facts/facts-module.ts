import { Module } from '@nestjs/common';
import { FactsController } from './facts-controller';
import { SettingsController } from './settings-controller';

/** What people say and set: decisions, corrections, settings. */
@Module({ controllers: [FactsController, SettingsController] })
export class FactsModule {}
