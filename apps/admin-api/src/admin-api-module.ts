import { Module } from '@nestjs/common';
import { AccessModule } from './access/access-module';
import { CoachingModule } from './coaching/coaching-module';
import { CustomersModule } from './customers/customers-module';
import { FactsModule } from './facts/facts-module';
import { LiveModule } from './live/live-module';
import { MaturityModule } from './maturity/maturity-module';
import { MenusModule } from './menus/menus-module';
import { MetricsModule } from './metrics/metrics-module';
import { OpenApiController } from './openapi-controller';
import { QualityModule } from './quality/quality-module';
import { SegmentsModule } from './segments/segments-module';
import { SourcesModule } from './sources/sources-module';
import { StatusModule } from './status/status-module';
import { SurveysModule } from './surveys/surveys-module';

/** What can be asked of this API, feature by feature. Every route passes the guard of `access`. */
@Module({
  imports: [
    AccessModule,
    CoachingModule,
    CustomersModule,
    FactsModule,
    LiveModule,
    MaturityModule,
    MenusModule,
    MetricsModule,
    QualityModule,
    SegmentsModule,
    SourcesModule,
    StatusModule,
    SurveysModule,
  ],
  controllers: [OpenApiController],
})
export class AdminApiModule {}
