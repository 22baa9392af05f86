import { Injectable } from '@nestjs/common';
import { journeyChanged, type JourneyChanged } from '@throughline/contracts';
import { mergeIds, type Received } from '@throughline/messaging';
import { PathToHierarchy, type Consumer } from '@throughline/service';
import { HeldCustomers } from './held-customers';

/** The hierarchy of customers was built anew: they are scored where it is ahead of their scores. */
@Injectable()
export class OnJourneyChanged implements Consumer<JourneyChanged> {
  readonly message = journeyChanged;
  readonly durable = 'scoring--journey-changed';
  readonly maxBatch = 256;
  /** Many changes of a customer become one score. */
  readonly restShare = 2;
  readonly giveWayWhile = (): Promise<boolean> => this.path.isBusy();

  constructor(
    private readonly customers: HeldCustomers,
    private readonly path: PathToHierarchy,
  ) {}

  async handle(batch: readonly Received<JourneyChanged>[]): Promise<void> {
    await this.customers.score(mergeIds(batch, ({ customerIds }) => customerIds));
  }
}
