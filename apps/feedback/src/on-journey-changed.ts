import { Injectable } from '@nestjs/common';
import { journeyChanged, pathToHierarchy, type JourneyChanged } from '@throughline/contracts';
import { mergeIds, type Received } from '@throughline/messaging';
import type { Consumer } from '@throughline/service';
import { Inviter } from './inviter';

/** A journey was rebuilt, or time has ended an engagement of it: who is asked how it was? */
@Injectable()
export class OnJourneyChanged implements Consumer<JourneyChanged> {
  readonly message = journeyChanged;
  readonly durable = 'feedback--journey-changed';
  readonly maxBatch = 64;
  readonly restShare = 0.6;
  readonly giveWayTo = Object.values(pathToHierarchy);

  constructor(private readonly inviter: Inviter) {}

  async handle(batch: readonly Received<JourneyChanged>[]): Promise<void> {
    await this.inviter.consider(
      mergeIds(batch, ({ customerIds }) => customerIds),
      Date.now(),
    );
  }
}
