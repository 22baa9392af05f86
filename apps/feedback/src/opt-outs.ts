import type { Transaction } from '@throughline/database';

/** For a statement with the present id of a customer as `$1`: that id and all former ones. */
export const presentAndFormer = '(select $1::uuid union all select former_id from identity.read_former_customer where customer_id = $1)';

/** Whether the customer who has this present id asked, under whichever id, not to be asked any more. */
export async function hasOptedOut(tx: Transaction, customerId: string): Promise<boolean> {
  const [row] = await tx.query<{ found: boolean }>(`select exists (select from feedback.opt_out where customer_id in ${presentAndFormer}) as found`, [
    customerId,
  ]);
  return row?.found === true;
}
