import type { Transaction } from '@throughline/database';

/** `tl_s` in ASCII. */
const key = 0x746c5f73;

/**
 * Until the transaction ends: the memberships of these customers are decided here, from facts that this transaction reads. Many may do so at once, but not while a
 * segment is worked out for a range of customers, which would write what it read before.
 */
export async function shareMemberships(tx: Transaction): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock_shared($1)', [key]);
}

/** Until the transaction ends nobody else decides memberships. Who waits for it is served in turn. */
export async function holdMemberships(tx: Transaction): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock($1)', [key]);
}
