/** One message that a transaction wants published after its commit. */
export interface OutboxRow {
  readonly id: string;
  readonly subject: string;
  /** JSON text. */
  readonly payload: string;
  readonly traceparent: string | null;
}

/** The outbox of a service, for its first migration. Small by nature: a row lives from the commit to the broker's acknowledgement. */
export function outboxTable(schema: string): string {
  return `
    create table ${schema}.outbox (
      id uuid primary key,
      subject text not null,
      payload jsonb not null,
      traceparent text,
      created_at timestamptz not null default now()
    ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
    create index outbox_created_at on ${schema}.outbox (created_at);
  `;
}
