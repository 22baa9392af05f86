import type { PostedEvent } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';

interface IdentifierRow {
  readonly kind: NonNullable<PostedEvent['identifiers']>[number]['kind'];
  readonly namespace: string;
  readonly value: string;
}

/** What names one customer alone goes before what a family may share. */
const strength = `array_position(array['customerNumber', 'account', 'contract', 'crmContact', 'login', 'loyalty', 'nationalId', 'email', 'phone', 'socialHandle'], kind)`;

/** The customer that this id now stands for, with the identifier by which an event is given to it. None where the customer has no name that an event could carry. */
export async function identifiersOf(
  tx: Transaction,
  customerId: string,
): Promise<{ customerId: string; identifiers: NonNullable<PostedEvent['identifiers']> }> {
  const current = await currentCustomer(tx, customerId);
  const rows = await tx.query<IdentifierRow>(
    `select kind, namespace, value from identity.read_identifier where customer_id = $1 and ${strength} is not null order by ${strength}, confidence desc, value limit 1`,
    [current],
  );
  return { customerId: current, identifiers: rows.map(({ kind, namespace, value }) => ({ kind, namespace, value, verified: false })) };
}

/** The customer that an id, perhaps a former one, now stands for. */
export async function currentCustomer(tx: Transaction, customerId: string): Promise<string> {
  const [row] = await tx.query<{ id: string }>('select coalesce(resolves_to, customer_id) as id from identity.read_customer where customer_id = $1', [
    customerId,
  ]);
  return row?.id ?? customerId;
}

/** The address to write to; undefined where there is none. */
export async function mailAddressOf(tx: Transaction, customerId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ value: string }>(
    `select value from identity.read_identifier where customer_id = $1 and kind = 'email' order by confidence desc, value limit 1`,
    [customerId],
  );
  return row?.value;
}
