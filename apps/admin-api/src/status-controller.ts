import { Controller, Get } from '@nestjs/common';
import { Access } from './access';
import { StatusStore, type Status } from './status-store';

@Controller('v1')
@Access('read')
export class StatusController {
  constructor(private readonly store: StatusStore) {}

  /** What arrived, and how far it is. Counted at most once a second. */
  @Get('status')
  status(): Promise<Status> {
    return this.store.status();
  }

  /** What waits for a person: refused links and shared values, corrections whose events are gone, customers that could not be built. */
  @Get('reviews')
  async reviews(): Promise<{ items: readonly object[] }> {
    return { items: await this.store.reviews() };
  }
}
