import { Injectable } from '@nestjs/common';
import { eventAccepted, pathToHierarchy, type EventAccepted } from '@throughline/contracts';
import { mergeIds, type Received } from '@throughline/messaging';
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
    await this.resolver.resolve(mergeIds(batch, ({ eventIds }) => eventIds));
  }
}
