import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';

export interface Status {
  readonly sources: readonly { readonly name: string; readonly events: number; readonly lastOccurredAt: number | null }[];
  /** Events: stored, owned by a customer, set aside by identity, and none of these yet. */
  readonly accepted: number;
  readonly processed: number;
  readonly failed: number;
  readonly unaccounted: number;
  readonly quarantined: number;
  readonly customers: number;
  /** Customers whose hierarchy is behind identity, and since when the oldest was seen so. */
  readonly unbuilt: number;
  readonly oldestUnbuiltSeconds: number;
  readonly failedCustomers: number;
  readonly settings: { readonly version: number; readonly done: number; readonly total: number };
}

const countedForMs = 1_000;

@Injectable()
export class StatusStore {
  private last: { at: number; status: Promise<Status> } | undefined;

  constructor(private readonly database: Database) {}

  status(): Promise<Status> {
    const now = performance.now();
    if (!this.last || now - this.last.at > countedForMs) {
      const status = this.count();
      this.last = { at: now, status };
      // An outage is answered to those who ask now, not remembered.
      status.catch(() => (this.last = undefined));
    }
    return this.last.status;
  }

  async reviews(): Promise<object[]> {
    const [identity, corrections, customers] = await Promise.all([
      this.database.query<{ id: string; kind: string; detail: string; customerId: string | null }>(
        'select id, kind, detail, customer_id as "customerId" from identity.read_review order by id limit 500',
      ),
      this.database.query<{ id: string; eventId: string; toEventId: string | null }>(
        'select id, event_id as "eventId", to_event_id as "toEventId" from sessionization.read_correction where withdrawn_at is null order by id limit 500',
      ),
      this.database.query<{ customerId: string; reason: string }>(
        'select customer_id as "customerId", reason from sessionization.read_failed_customer order by failed_at desc limit 100',
      ),
    ]);
    const gone = await this.withoutEffect(corrections);
    return [
      ...identity,
      ...gone.map(({ id }) => ({
        id,
        kind: 'correctionGone',
        detail: 'The events that this correction names are gone or belong to two customers now.',
        customerId: null,
      })),
      ...customers.map(({ customerId, reason }) => ({ id: customerId, kind: 'customerFailed', detail: reason, customerId })),
    ];
  }

  /** Corrections of which an event has no owner any more, or whose two events have two. */
  private async withoutEffect<Named extends { eventId: string; toEventId: string | null }>(corrections: readonly Named[]): Promise<Named[]> {
    const ids = [...new Set(corrections.flatMap(({ eventId, toEventId }) => (toEventId ? [eventId, toEventId] : [eventId])))];
    const rows = await this.database.query<{ event_id: string; customer_id: string }>(
      'select event_id, customer_id from identity.read_customer_event where event_id = any($1::uuid[])',
      [ids],
    );
    const owner = new Map(rows.map((row) => [row.event_id, row.customer_id]));
    return corrections.filter(({ eventId, toEventId }) => !owner.has(eventId) || (toEventId !== null && owner.get(toEventId) !== owner.get(eventId)));
  }

  private async count(): Promise<Status> {
    const count = async (
      of:
        | 'identity.read_customer_event'
        | 'identity.read_failed_event'
        | 'ingestion.read_quarantine'
        | 'sessionization.read_failed_customer'
        | "identity.read_customer where kind = 'customer' and (resolves_to is null or resolves_to = customer_id)",
    ): Promise<number> => (await this.database.query<{ count: number }>(`select count(*)::integer as count from ${of}`))[0]!.count;
    const [sources, processed, failed, quarantined, customers, failedCustomers, behind, settings] = await Promise.all([
      this.database.query<{ name: string; events: number; lastOccurredAt: number | null }>(
        `select source as name, count(*)::integer as events, round(date_part('epoch', max(occurred_at)) * 1000) as "lastOccurredAt"
         from ingestion.read_event group by source order by source`,
      ),
      count('identity.read_customer_event'),
      count('identity.read_failed_event'),
      count('ingestion.read_quarantine'),
      count("identity.read_customer where kind = 'customer' and (resolves_to is null or resolves_to = customer_id)"),
      count('sessionization.read_failed_customer'),
      this.database.query<{ unbuilt: number; oldest: number }>(
        `select count(*)::integer as unbuilt, coalesce(extract(epoch from now() - min(h.due_since)), 0)::double precision as oldest
         from identity.read_customer_revision r left join sessionization.read_journey_head h on h.customer_id = r.customer_id
         where h.customer_id is null or h.built_revision < r.revision`,
      ),
      this.database.query<Status['settings']>('select version, done, total from sessionization.read_settings order by version desc limit 1'),
    ]);
    const accepted = sources.reduce((sum, { events }) => sum + events, 0);
    return {
      sources,
      accepted,
      processed,
      failed,
      unaccounted: accepted - processed - failed,
      quarantined,
      customers,
      unbuilt: behind[0]?.unbuilt ?? 0,
      oldestUnbuiltSeconds: behind[0]?.oldest ?? 0,
      failedCustomers,
      settings: settings[0] ?? { version: 0, done: 0, total: 0 },
    };
  }
}
