import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { agentsInScope, type Principal } from '../access/principal';
import { CustomerNames } from './customer-names';
import type { RecentCustomer } from './customer-requests';

/** Of so many latest contacts the customers are told: one who called five times is named once. */
const contactsSeen = 400;

/** Who was in touch lately, within the caller's reach: where a list begins before anything is looked for. */
@Injectable()
export class RecentContacts {
  constructor(
    private readonly database: Database,
    private readonly names: CustomerNames,
  ) {}

  async latest(who: Principal, limit: number): Promise<RecentCustomer[]> {
    const agents = agentsInScope(who, 'customer.read');
    const rows = await this.database.query<Omit<RecentCustomer, 'identifier'>>(
      `with latest as (
         select customer_id, at, channel, intent, family, frustration from scoring.read_contact
         where ($1::text[] is null or agent = any($1)) order by at desc limit $2),
       customers as (
         select distinct on (customer_id) * from latest order by customer_id, at desc)
       select c.customer_id as id, round(date_part('epoch', c.at) * 1000) as "at", c.channel, c.intent, c.family, c.frustration
       from customers c order by c.at desc limit $3`,
      [agents && [...agents], contactsSeen, limit],
    );
    const names = await this.names.of(
      who,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({ ...row, identifier: names.get(row.id) ?? null }));
  }
}
