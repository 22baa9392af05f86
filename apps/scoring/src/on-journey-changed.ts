import { Injectable } from '@nestjs/common';
import { journeyChanged, type JourneyChanged } from '@throughline/contracts';
import { mergeIds, type Received } from '@throughline/messaging';
import type { Consumer } from '@throughline/service';
import { HeldCustomers } from './held-customers';

/** The hierarchy of customers was built anew: they are scored where it is ahead of their scores. */
@Injectable()
export class OnJourneyChanged implements Consumer<JourneyChanged> {
  readonly message = journeyChanged;
  readonly durable = 'scoring--journey-changed';
  readonly maxBatch = 256;
  /** Ingestion, identity and the hierarchy come first: under load scoring rests longer than it works, and many changes of a customer become one. */
  readonly restShare = 2;

  constructor(private readonly customers: HeldCustomers) {}

  async handle(batch: readonly Received<JourneyChanged>[]): Promise<void> {
    await this.customers.score(mergeIds(batch, ({ customerIds }) => customerIds));
  }
}
