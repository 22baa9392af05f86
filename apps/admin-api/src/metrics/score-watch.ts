import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { scoreChanged } from '@throughline/contracts';
import { MessageBus, type Observation } from '@throughline/messaging';
import { RecentAnswers } from './recent-answers';

/** Hears that facts changed: answers of a moment ago no longer hold for long. A message that is lost costs a minute at most. */
@Injectable()
export class ScoreWatch implements OnModuleInit, OnModuleDestroy {
  private observation: Observation | undefined;

  constructor(
    private readonly bus: MessageBus,
    private readonly answers: RecentAnswers,
  ) {}

  onModuleInit(): void {
    this.observation = this.bus.observe(scoreChanged, () => this.answers.forget());
  }

  onModuleDestroy(): void {
    this.observation?.stop();
  }
}
