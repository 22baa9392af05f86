import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { journeyChanged, scoreChanged } from '@throughline/contracts';
import { MessageBus, type Observation } from '@throughline/messaging';
import { LiveHub } from './live-hub';

const quietMs = 1_000;

/** Passes on what the services tell each other. A message may be lost: a page reads again by itself after a break. */
@Injectable()
export class Doorbells implements OnModuleInit, OnModuleDestroy {
  private observations: Observation[] = [];
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: MessageBus,
    private readonly hub: LiveHub,
  ) {}

  onModuleInit(): void {
    this.observations = [
      this.bus.observe(journeyChanged, ({ customerIds }) => this.tellJourneys(customerIds)),
      this.bus.observe(scoreChanged, ({ customerIds }) => {
        this.tellJourneys(customerIds);
        this.waiting ??= setTimeout(() => {
          this.waiting = undefined;
          this.hub.say('scores');
        }, quietMs);
      }),
    ];
  }

  onModuleDestroy(): void {
    for (const observation of this.observations) observation.stop();
    clearTimeout(this.waiting);
  }

  private tellJourneys(customerIds: readonly string[]): void {
    for (const id of customerIds) this.hub.say(`journey:${id}`);
  }
}
