import { Injectable } from '@nestjs/common';
import { defaultIdentitySettings, vocabulary, type IdentifierKind } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { normaliseValue } from '@throughline/domain-identity';

/** Whom an id means now. */
export type Found =
  | { readonly kind: 'customer'; readonly customerId: string }
  /** The id was of a node or an event; `nodeId` is the node that holds that event now. */
  | { readonly kind: 'node'; readonly customerId: string; readonly nodeId: string }
  | { readonly kind: 'nobody' };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const nodeId = /^(tx|int|eng)_([0-9a-f-]{36})$/i;

interface Holder {
  readonly transaction_id: string;
  readonly parent_level: string;
  readonly parent_id: string | null;
}

/** Finds customers: by their id or a former one, by any node or event id that was ever shown, by an identifier. */
@Injectable()
export class CustomerDirectory {
  constructor(private readonly database: Database) {}

  async byId(id: string): Promise<Found> {
    const node = nodeId.exec(id);
    if (node && uuid.test(node[2]!)) return this.byEvent(node[2]!.toLowerCase(), node[1]!.toLowerCase());
    if (!uuid.test(id)) return { kind: 'nobody' };
    const [customer] = await this.database.query<{ id: string }>(
      'select coalesce(resolves_to, customer_id) as id from identity.read_customer where customer_id = $1',
      [id],
    );
    return customer ? { kind: 'customer', customerId: customer.id } : this.byEvent(id.toLowerCase(), 'tx');
  }

  /** Customers that have this identifier now. Without a kind the value is tried as each kind. */
  async byIdentifier(asked: {
    readonly kind?: IdentifierKind | undefined;
    readonly namespace?: string | undefined;
    readonly value: string;
  }): Promise<string[]> {
    const kinds = asked.kind ? [asked.kind] : vocabulary.identifierKinds;
    const regions = Object.values(defaultIdentitySettings.regions);
    const candidates = kinds.flatMap((kind) =>
      (kind === 'phone' ? regions : ['']).map((region) => ({ kind, value: normaliseValue(kind, asked.value, region) })).filter(({ value }) => value !== ''),
    );
    const rows = await this.database.query<{ id: string }>(
      `select distinct i.customer_id as id from unnest($1::text[], $2::text[]) as c (kind, value)
       join identity.read_identifier i on i.kind = c.kind and i.value = c.value
       where $3::text is null or i.namespace = $3 order by id limit 100`,
      [
        candidates.map(({ kind }) => kind),
        candidates.map(({ value }) => value),
        // E-mail and phone have no namespace; elsewhere an empty one is the installation's own, and is asked for only when a kind is.
        asked.kind && asked.kind !== 'email' && asked.kind !== 'phone' && asked.namespace ? asked.namespace : null,
      ],
    );
    return rows.map((row) => row.id);
  }

  private async byEvent(eventId: string, level: string): Promise<Found> {
    const [owner] = await this.database.query<{ customer_id: string }>('select customer_id from identity.read_customer_event where event_id = $1', [eventId]);
    if (!owner) return { kind: 'nobody' };
    const customerId = owner.customer_id;
    const [holder] = await this.database.query<Holder>(
      `select e.transaction_id, t.parent_level, t.parent_id from sessionization.read_event_transaction e
       join sessionization.read_transaction t on t.customer_id = e.customer_id and t.anchor = e.transaction_anchor
       where e.customer_id = $1 and e.event_id = $2`,
      [customerId, eventId],
    );
    // Owned already, and not built yet.
    if (!holder) return { kind: 'customer', customerId };
    if (level === 'tx' || (level === 'int' && holder.parent_level !== 'interaction')) return { kind: 'node', customerId, nodeId: holder.transaction_id };
    if (level === 'int') return { kind: 'node', customerId, nodeId: holder.parent_id! };
    const engagement = await this.engagementOf(customerId, eventId);
    return { kind: 'node', customerId, nodeId: engagement ?? holder.parent_id ?? holder.transaction_id };
  }

  private async engagementOf(customerId: string, eventId: string): Promise<string | null> {
    const [row] = await this.database.query<{ id: string }>(
      'select engagement_id as id from sessionization.read_event_engagement where customer_id = $1 and event_id = $2',
      [customerId, eventId],
    );
    return row?.id ?? null;
  }
}
