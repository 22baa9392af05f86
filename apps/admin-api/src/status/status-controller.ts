import { Controller, Get } from '@nestjs/common';
import { Needs } from '../access/needs';
import { StatusStore, type Status } from './status-store';

@Controller('v1')
export class StatusController {
  constructor(private readonly store: StatusStore) {}

  /** What arrived, and how far it is. Counted at most once a second. */
  @Get('status')
  @Needs('status.read')
  status(): Promise<Status> {
    return this.store.status();
  }

  /** What waits for a person: refused links and shared values, corrections whose events are gone, customers that could not be built. */
  @Get('reviews')
  @Needs('identity.read')
  async reviews(): Promise<{ items: readonly object[] }> {
    return { items: await this.store.reviews() };
  }
}
