import { Module } from '@nestjs/common';
import { MetricQuestions } from '../metrics/metric-questions';
import { NewestFacts } from '../metrics/newest-facts';
import { MenuReader } from './menu-reader';
import { MenusController } from './menus-controller';

/** What callers do in voice menus. */
@Module({ controllers: [MenusController], providers: [MenuReader, MetricQuestions, NewestFacts] })
export class MenusModule {}
