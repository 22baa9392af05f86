import { Injectable } from '@nestjs/common';
import { pathToHierarchy } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { MessageBus } from '@throughline/messaging';

/** What comes before everything that is derived from the hierarchy. A service that gives way to it lists it among its providers. */
@Injectable()
export class PathToHierarchy {
  constructor(
    private readonly bus: MessageBus,
    private readonly database: Database,
  ) {}

  /** Whether events wait for their hierarchy, or the hierarchy of everybody is being rebuilt. What is asked stands at the broker and in Postgres, so it is true of processes that are dead. */
  async isBusy(): Promise<boolean> {
    if (await this.bus.isBehind(Object.values(pathToHierarchy))) return true;
    const [rebuild] = await this.database.query<{ isUnderWay: boolean }>('select under_way as "isUnderWay" from sessionization.read_rebuild');
    return rebuild?.isUnderWay === true;
  }
}
