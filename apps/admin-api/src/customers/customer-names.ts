import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Principal } from '../access/principal';
import { CustomerReach } from './customer-reach';
import { maskedValue } from './masked-value';

/** The identifier by which people call a customer. */
export interface CustomerName {
  readonly kind: string;
  readonly value: string;
}

/** What people call customers by: an e-mail address before a phone number before an account. */
@Injectable()
export class CustomerNames {
  constructor(
    private readonly database: Database,
    private readonly reach: CustomerReach,
  ) {}

  /** By customer, masked where the caller may not see it; who has no identifier is missing. */
  async of(who: Principal, customerIds: readonly string[]): Promise<ReadonlyMap<string, CustomerName>> {
    const [rows, revealed] = await Promise.all([
      this.database.query<CustomerName & { readonly id: string }>(
        `select distinct on (i.customer_id) i.customer_id as id, i.kind, i.value from identity.read_identifier i where i.customer_id = any($1::uuid[])
         order by i.customer_id, array_position(array['email', 'phone', 'customerNumber', 'account'], i.kind) nulls last, i.value`,
        [customerIds],
      ),
      this.reach.within(who, customerIds, 'customer.reveal'),
    ]);
    const mayRead = new Set(revealed);
    return new Map(rows.map(({ id, kind, value }) => [id, { kind, value: mayRead.has(id) ? value : maskedValue(kind, value) }]));
  }
}
