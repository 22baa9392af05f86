import { Injectable } from '@nestjs/common';
import { customerChanged, pathToHierarchy, type CustomerChanged } from '@throughline/contracts';
import { mergeIds, type Received } from '@throughline/messaging';
import type { Consumer } from '@throughline/service';
import { HeldCustomers } from './held-customers';

/** Identity gave customers events or took some away: their hierarchy is built anew where identity's revision is ahead. */
@Injectable()
export class OnCustomerChanged implements Consumer<CustomerChanged> {
  readonly message = customerChanged;
  readonly durable = pathToHierarchy.sessionization;
  readonly maxBatch = 64;
  /** A customer changes with every event of a contact: under load several of them become one build. */
  readonly restShare = 0.6;

  constructor(private readonly customers: HeldCustomers) {}

  async handle(batch: readonly Received<CustomerChanged>[]): Promise<void> {
    await this.customers.build(mergeIds(batch, ({ customerIds }) => customerIds));
  }
}
