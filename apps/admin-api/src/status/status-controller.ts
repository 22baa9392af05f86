import { Controller, Get } from '@nestjs/common';
import { Needs } from '../access/needs';
import type { Principal } from '../access/principal';
import { Who } from '../access/who';
import { sightOf } from '../customers/mask-tree';
import { StatusStore, type Status } from './status-store';

const hidden = '•••';

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
  async reviews(@Who() who: Principal): Promise<{ items: readonly object[] }> {
    const items = await this.store.reviews();
    // The details name the identifiers that are in question.
    return { items: sightOf(who).identifiers ? items : items.map((item) => ({ ...item, detail: hidden })) };
  }
}
