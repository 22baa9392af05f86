import { Injectable } from '@nestjs/common';
import type { Permission } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { agentsInScope, type Principal } from '../access/principal';

/** Which customers a permission reaches: all, or those whom one of the agents in its scope has served. */
@Injectable()
export class CustomerReach {
  constructor(private readonly database: Database) {}

  /** Those of `customerIds` that are within reach, in their order. Who is out of reach is as if they were not there. */
  async within(who: Principal, customerIds: readonly string[], permission: Permission = 'customer.read'): Promise<string[]> {
    const agents = agentsInScope(who, permission);
    if (agents === null) return [...customerIds];
    const rows = await this.database.query<{ id: string }>(
      `select wanted.id from unnest($1::uuid[]) with ordinality as wanted (id, place)
       where exists (select from sessionization.read_transaction t where t.customer_id = wanted.id and t.agent = any($2::text[])) order by wanted.place`,
      [[...customerIds], [...agents]],
    );
    return rows.map(({ id }) => id);
  }
}
