import { Module } from '@nestjs/common';
import { NewestFacts } from '../metrics/newest-facts';
import { SurveyReader } from '../surveys/survey-reader';
import { QualityController } from './quality-controller';
import { ReviewReader } from './review-reader';

/** Reviews of quality. */
@Module({ controllers: [QualityController], providers: [ReviewReader, SurveyReader, NewestFacts] })
export class QualityModule {}
