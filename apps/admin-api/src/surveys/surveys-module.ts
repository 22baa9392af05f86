import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers/customers-module';
import { NewestFacts } from '../metrics/newest-facts';
import { SurveyReader } from './survey-reader';
import { SurveysController } from './surveys-controller';

/** Surveys, their results, and recovery cases. */
@Module({ imports: [CustomersModule], controllers: [SurveysController], providers: [SurveyReader, NewestFacts] })
export class SurveysModule {}
