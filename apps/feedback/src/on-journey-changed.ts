import { Injectable } from '@nestjs/common';
import { journeyChanged, type JourneyChanged } from '@throughline/contracts';
import { mergeIds, type Received } from '@throughline/messaging';
import { PathToHierarchy, type Consumer } from '@throughline/service';
import { Inviter } from './inviter';

/** A journey was rebuilt, or time has ended an engagement of it: who is asked how it was? */
@Injectable()
export class OnJourneyChanged implements Consumer<JourneyChanged> {
  readonly message = journeyChanged;
  readonly durable = 'feedback--journey-changed';
  readonly maxBatch = 64;
  readonly restShare = 0.6;
  readonly giveWayWhile = (): Promise<boolean> => this.path.isBusy();

  constructor(
    private readonly inviter: Inviter,
    private readonly path: PathToHierarchy,
  ) {}

  async handle(batch: readonly Received<JourneyChanged>[]): Promise<void> {
    await this.inviter.consider(
      mergeIds(batch, ({ customerIds }) => customerIds),
      Date.now(),
    );
  }
}
