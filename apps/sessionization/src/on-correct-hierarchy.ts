import { Injectable } from '@nestjs/common';
import { correctHierarchy, type AuditNote, type Correction, type RecordReply } from '@throughline/contracts';
import { Database, recordChange, type Transaction } from '@throughline/database';
import type { CommandHandler } from '@throughline/service';
import { markOwnersDue } from './due-customers';
import { HeldCustomers } from './held-customers';

/** Records a correction and builds the customers that hold its events before it answers. */
@Injectable()
export class OnCorrectHierarchy implements CommandHandler<Correction, RecordReply> {
  readonly command = correctHierarchy;

  constructor(
    private readonly database: Database,
    private readonly customers: HeldCustomers,
  ) {}

  async answer(correction: Correction, note?: AuditNote): Promise<RecordReply> {
    const { reply, owners } = await this.database.inTransaction(async (tx) => this.record(tx, correction, note));
    await this.customers.build(owners);
    return reply;
  }

  private async record(tx: Transaction, correction: Correction, note: AuditNote | undefined): Promise<{ reply: RecordReply; owners: string[] }> {
    const { id, eventId } = correction;
    const toEventId = 'toEventId' in correction ? correction.toEventId : null;
    const [known] = await tx.query('select 1 from sessionization.correction where id = $1 limit 1', [id]);
    if (known) return { reply: { kind: 'repeated', id }, owners: [] };
    const refused = await this.refusal(tx, eventId, toEventId);
    if (refused) return { reply: { kind: 'refused', reason: refused }, owners: [] };
    await tx.execute(
      `insert into sessionization.correction (event_id, id, to_event_id, body, recorded_at) values ($1, $2, $3, $4, now()) on conflict (event_id, id) do nothing`,
      [eventId, id, toEventId, JSON.stringify(correction)],
    );
    const owners = await markOwnersDue(tx, [eventId]);
    await recordChange(tx, note, 'recorded');
    return { reply: { kind: 'recorded', id }, owners };
  }

  private async refusal(tx: Transaction, eventId: string, toEventId: string | null): Promise<string | undefined> {
    const rows = await tx.query<{ event_id: string; customer_id: string }>(
      'select event_id, customer_id from identity.read_customer_event where event_id = any($1::uuid[])',
      [toEventId ? [eventId, toEventId] : [eventId]],
    );
    const owner = new Map(rows.map((row) => [row.event_id, row.customer_id]));
    if (!owner.has(eventId)) return `There is no event ${eventId}. Name the event by the id that the tree shows.`;
    if (!toEventId) return undefined;
    if (!owner.has(toEventId)) return `There is no event ${toEventId}. Name the event by the id that the tree shows.`;
    if (toEventId === eventId) return 'The two events are the same one.';
    if (owner.get(eventId) !== owner.get(toEventId))
      return 'The two events belong to two customers. Link the customers first: a correction acts inside one journey.';
    return undefined;
  }
}
