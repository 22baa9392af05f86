import { Module } from '@nestjs/common';
import { MetricQuestions } from '../metrics/metric-questions';
import { MetricStore } from '../metrics/metric-store';
import { NewestFacts } from '../metrics/newest-facts';
import { MenuReader } from './menu-reader';
import { MenusController } from './menus-controller';

/** What callers do in voice menus. */
@Module({ controllers: [MenusController], providers: [MenuReader, MetricQuestions, MetricStore, NewestFacts] })
export class MenusModule {}
