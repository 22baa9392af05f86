import { Injectable } from '@nestjs/common';
import { eventAccepted, pathToHierarchy, type EventAccepted } from '@throughline/contracts';
import { idsInOrder, type Received } from '@throughline/messaging';
import type { Consumer } from '@throughline/service';
import { Resolver } from './resolver';

/** Ingestion committed events: they get their customer. */
@Injectable()
export class OnEventAccepted implements Consumer<EventAccepted> {
  readonly message = eventAccepted;
  readonly durable = pathToHierarchy.identity;
  readonly maxBatch = 64;

  constructor(private readonly resolver: Resolver) {}

  async handle(batch: readonly Received<EventAccepted>[]): Promise<void> {
    // In the order of their arrival: an event that is resolved before an earlier one of the same person moves again when that one comes.
    await this.resolver.resolve(idsInOrder(batch, ({ eventIds }) => eventIds));
  }
}
