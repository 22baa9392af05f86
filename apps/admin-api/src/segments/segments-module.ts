import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers/customers-module';
import { AskScoring } from './ask-scoring';
import { MemberReader } from './member-reader';
import { MembersController } from './members-controller';
import { PreviewLimit } from './preview-limit';
import { SegmentReader } from './segment-reader';
import { SegmentsController } from './segments-controller';
import { ValueReader } from './value-reader';

/** Segments and their members. Scoring owns them: what changes is asked of it. */
@Module({
  imports: [CustomersModule],
  controllers: [SegmentsController, MembersController],
  providers: [AskScoring, MemberReader, PreviewLimit, SegmentReader, ValueReader],
})
export class SegmentsModule {}
