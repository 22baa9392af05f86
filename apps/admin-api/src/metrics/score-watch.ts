import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { scoreChanged } from '@throughline/contracts';
import { MessageBus, type Observation } from '@throughline/messaging';
import { LiveHub } from '../live/live-hub';
import { RecentAnswers } from './recent-answers';

/**
 * Hears that facts changed: answers of a moment ago no longer hold for long. A message that is lost costs a minute at most. Whoever was given an answer of before the change is told
 * again when there is a newer one: the last change before a quiet hour must reach every open page.
 */
@Injectable()
export class ScoreWatch implements OnModuleInit, OnModuleDestroy {
  private observation: Observation | undefined;
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: MessageBus,
    private readonly answers: RecentAnswers,
    private readonly hub: LiveHub,
  ) {}

  onModuleInit(): void {
    this.observation = this.bus.observe(scoreChanged, () => this.answers.forget());
    this.answers.onOld = (renewedInMs) => {
      this.waiting ??= setTimeout(() => {
        this.waiting = undefined;
        this.hub.say('scores');
      }, renewedInMs);
    };
  }

  onModuleDestroy(): void {
    this.observation?.stop();
    clearTimeout(this.waiting);
  }
}
