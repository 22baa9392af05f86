import { Module } from '@nestjs/common';
import { NewestFacts } from '../metrics/newest-facts';
import { EvidenceReader } from './evidence-reader';
import { MaturityController } from './maturity-controller';
import { MaturityStore } from './maturity-store';

/** Maturity: evidence from the running system, words of people, history. */
@Module({ controllers: [MaturityController], providers: [EvidenceReader, MaturityStore, NewestFacts] })
export class MaturityModule {}
