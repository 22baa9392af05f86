import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { agentsInScope, type Principal } from '../access/principal';
import { CustomerReach } from './customer-reach';
import type { RecentCustomer } from './customer-requests';
import { maskedValue } from './masked-value';

/** Of so many latest contacts the customers are told: one who called five times is named once. */
const contactsSeen = 400;

interface Row extends Omit<RecentCustomer, 'identifier'> {
  readonly identifier: { readonly kind: string; readonly value: string } | null;
}

/** Who was in touch lately, within the caller's reach: where a list begins before anything is looked for. */
@Injectable()
export class RecentContacts {
  constructor(
    private readonly database: Database,
    private readonly reach: CustomerReach,
  ) {}

  async latest(who: Principal, limit: number): Promise<RecentCustomer[]> {
    const agents = agentsInScope(who, 'customer.read');
    const rows = await this.database.query<Row>(
      `with latest as (
         select customer_id, at, channel, intent, family, frustration from scoring.read_contact
         where ($1::text[] is null or agent = any($1)) order by at desc limit $2),
       customers as (
         select distinct on (customer_id) * from latest order by customer_id, at desc)
       select c.customer_id as id, round(date_part('epoch', c.at) * 1000) as "at", c.channel, c.intent, c.family, c.frustration,
         (select json_build_object('kind', i.kind, 'value', i.value) from identity.read_identifier i where i.customer_id = c.customer_id
          order by array_position(array['email', 'phone', 'customerNumber', 'account'], i.kind) nulls last, i.value limit 1) as identifier
       from customers c order by c.at desc limit $3`,
      [agents && [...agents], contactsSeen, limit],
    );
    const ids = rows.map(({ id }) => id);
    const revealed = new Set(await this.reach.within(who, ids, 'customer.reveal'));
    return rows.map(({ identifier, ...row }) => ({
      ...row,
      identifier: identifier && { ...identifier, value: revealed.has(row.id) ? identifier.value : maskedValue(identifier.kind, identifier.value) },
    }));
  }
}
