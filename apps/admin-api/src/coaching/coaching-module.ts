import { Module } from '@nestjs/common';
import { NewestFacts } from '../metrics/newest-facts';
import { AgentTallies } from './agent-tallies';
import { CoachingController } from './coaching-controller';
import { EffectReader } from './effect-reader';
import { PlanReader } from './plan-reader';

/** Coaching: opportunities, plans, effects. */
@Module({ controllers: [CoachingController], providers: [AgentTallies, PlanReader, EffectReader, NewestFacts] })
export class CoachingModule {}
