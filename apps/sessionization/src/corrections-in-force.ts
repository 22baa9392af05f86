import type { Correction } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';

/** Up to here all corrections are read at once; beyond, only those of the customers at hand. */
const fewCorrections = 500;

/** The corrections in force that may concern these events. The rule leaves out what names events of somebody else. */
export async function correctionsInForce(tx: Transaction, eventIds: () => readonly string[]): Promise<Correction[]> {
  const few = await tx.query<{ body: Correction }>(
    `select body from sessionization.correction where withdrawn_at is null order by event_id, id limit ${fewCorrections + 1}`,
  );
  if (few.length <= fewCorrections) return few.map(({ body }) => body);
  const own = await tx.query<{ body: Correction }>(
    'select body from sessionization.correction where withdrawn_at is null and event_id = any($1::uuid[]) order by event_id, id',
    [`{${eventIds().join(',')}}`],
  );
  return own.map(({ body }) => body);
}
