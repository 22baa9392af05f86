import { Injectable } from '@nestjs/common';
import { eventAccepted, type CanonicalEvent, type ItemResult } from '@throughline/contracts';
import { Database, type Transaction } from '@throughline/database';
import { decideAcceptance, eventIdOf, settleBatch, type StoredKey } from '@throughline/domain-events';
import { BinaryWriter, withWriter } from './binary-copy';
import { scrubSpreadCards } from './scrub-spread-cards';
import type { Prepared, PreparedEvent, PreparedQuarantine } from './prepared';

/** What became of one prepared item. */
export type Stored = Pick<ItemResult, 'status' | 'reason' | 'pointer' | 'fix'>;

const accepted: Stored = { status: 'accepted' };
const duplicate: Stored = { status: 'duplicate' };
const conflict: Stored = {
  status: 'quarantined',
  reason: 'id_conflict',
  pointer: '/sourceEventId',
  fix: 'the id is stored with other content: give a corrected record a higher "revision", or another record its own id',
};

/** Raw tables of accepted events: keys, canonical events, original records, quarantine, and the doorbell for identity, all in one transaction. */
@Injectable()
export class AcceptStore {
  constructor(private readonly database: Database) {}

  /** Stores a batch and says what became of each item, in order. When it returns, everything accepted is committed. */
  async accept(batch: readonly Prepared[]): Promise<Stored[]> {
    try {
      return await this.database.inTransaction((tx) => this.acceptIn(tx, batch, copyNewKeys));
    } catch (error) {
      if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
      // Another writer brought one of these events between our look and our copy.
      return this.database.inTransaction((tx) => this.acceptIn(tx, batch));
    }
  }

  /** The same inside a caller's transaction. */
  async acceptIn(tx: Transaction, batch: readonly Prepared[], claim: ClaimKeys = insertNewKeys): Promise<Stored[]> {
    const events = batch.filter((item) => item.kind === 'event');
    const aside = batch.filter((item) => item.kind === 'quarantined');
    const outcome = new Map<Prepared, Stored>();
    for (const item of aside) outcome.set(item, { status: 'quarantined', reason: item.reason, pointer: item.pointer, fix: item.fix });
    const { winners, others } = settleBatch(events);
    for (const [item, verdict] of others) outcome.set(item, verdict === 'duplicate' ? duplicate : conflict);
    const { inserted, replaced } = await this.keep(tx, winners, outcome, claim);
    for (const item of events) if (outcome.get(item) === conflict) aside.push(asConflict(item));
    const scrubbed = await scrubSpreadCards(tx, [...inserted, ...replaced]);
    if (inserted.length > 0) await copyEvents(tx, inserted, scrubbed);
    if (replaced.length > 0) await this.replace(tx, replaced, scrubbed);
    const kept = replaced.length === 0 ? inserted : [...inserted, ...replaced];
    if (kept.length > 0) await copyOriginals(tx, kept, scrubbed);
    if (aside.length > 0) await this.putAside(tx, aside);
    // Named in the order in which they came: identity resolves them so, and what is known of a person comes before what leans on it.
    const isKept = new Set(kept);
    if (kept.length > 0) await tx.publish(eventAccepted, { eventIds: events.filter((item) => isKept.has(item)).map((item) => item.eventId) });
    return batch.map((item) => outcome.get(item) ?? accepted);
  }

  /** Claims the keys of new events; for the rest decides by what is stored, under its row's lock. `winners` are sorted by event id, so two writers cannot deadlock. */
  private async keep(
    tx: Transaction,
    winners: readonly PreparedEvent[],
    outcome: Map<Prepared, Stored>,
    claim: ClaimKeys,
  ): Promise<{ inserted: readonly PreparedEvent[]; replaced: PreparedEvent[] }> {
    if (winners.length === 0) return { inserted: [], replaced: [] };
    const isFresh = await claim(tx, winners);
    if (isFresh.size === winners.length) return { inserted: winners, replaced: [] };
    const known = winners.filter((item) => !isFresh.has(item.eventId));
    const stored = await storedKeys(tx, known);
    const replaced: PreparedEvent[] = [];
    for (const item of known) {
      const verdict = decideAcceptance(item, stored.get(item.eventId));
      if (verdict === 'replace') replaced.push(item);
      else outcome.set(item, verdict === 'conflict' ? conflict : duplicate);
    }
    return { inserted: winners.filter((item) => isFresh.has(item.eventId)), replaced };
  }

  private async replace(tx: Transaction, replaced: readonly PreparedEvent[], scrubbed: ReadonlyMap<string, CanonicalEvent>): Promise<void> {
    const ids = replaced.map((item) => item.eventId);
    await tx.execute(
      `update ingestion.event_key as stored set revision = new.revision, fingerprint = new.fingerprint
       from unnest($1::uuid[], $2::int4[], $3::uuid[]) as new (event_id, revision, fingerprint) where stored.event_id = new.event_id`,
      [ids, replaced.map((item) => item.revision), replaced.map((item) => item.fingerprint)],
    );
    await tx.execute(
      `update ingestion.event as stored set revision = new.revision, occurred_at = to_timestamp(new.occurred_at / 1000.0), received_at = to_timestamp(new.received_at / 1000.0), body = new.body
       from unnest($1::uuid[], $2::int4[], $3::float8[], $4::float8[], $5::json[]) as new (event_id, revision, occurred_at, received_at, body) where stored.event_id = new.event_id`,
      [
        ids,
        replaced.map((item) => item.revision),
        replaced.map((item) => item.event.occurredAt),
        replaced.map((item) => item.event.receivedAt),
        replaced.map((item) => JSON.stringify(scrubbed.get(item.eventId) ?? item.event)),
      ],
    );
  }

  private async putAside(tx: Transaction, items: readonly PreparedQuarantine[]): Promise<void> {
    const byId = new Map(items.map((item) => [quarantineIdOf(item), item]));
    const rows = [...byId].sort(([, a], [, b]) => (a.eventId < b.eventId ? -1 : 1));
    const column = <Value>(pick: (item: PreparedQuarantine) => Value): Value[] => rows.map(([, item]) => pick(item));
    await tx.insertMany(
      'ingestion.quarantine',
      {
        event_id: { type: 'uuid', values: column((item) => item.eventId) },
        id: { type: 'uuid', values: rows.map(([id]) => id) },
        source: { type: 'text', values: column((item) => item.source) },
        adapter: { type: 'text', values: column((item) => item.adapter) },
        stage: { type: 'text', values: column(() => 'accept') },
        reason: { type: 'text', values: column((item) => item.reason) },
        pointer: { type: 'text', values: column((item) => item.pointer) },
        fix: { type: 'text', values: column((item) => item.fix) },
        source_event_id: { type: 'text', values: column((item) => item.sourceEventId) },
        received_at: { type: 'timestamptz', values: column((item) => new Date(item.receivedAt).toISOString()) },
        record: { type: 'text', values: column((item) => item.record) },
        sanitized: { type: 'int', values: column((item) => item.sanitized) },
        redacted: { type: 'int', values: column((item) => item.redacted) },
      },
      'on conflict (event_id, id) do nothing',
    );
  }
}

/** One kept item has one id however often it is sent again. */
export const quarantineIdOf = (item: PreparedQuarantine): string => eventIdOf(item.source, `quarantine:${item.eventId}:${item.reason}:${item.fingerprint}`);

function asConflict(item: PreparedEvent): PreparedQuarantine {
  const { event, eventId, fingerprint, adapter, original, sanitized, redacted } = item;
  return {
    kind: 'quarantined',
    eventId,
    fingerprint,
    source: event.source,
    adapter,
    reason: 'id_conflict',
    pointer: conflict.pointer!,
    fix: conflict.fix!,
    sourceEventId: event.sourceEventId,
    receivedAt: event.receivedAt,
    record: original,
    sanitized,
    redacted,
  };
}

async function storedKeys(tx: Transaction, items: readonly PreparedEvent[]): Promise<Map<string, StoredKey>> {
  const rows = await tx.query<{ event_id: string; revision: number; fingerprint: string }>(
    'select event_id, revision, fingerprint from ingestion.event_key where event_id = any($1::uuid[]) order by event_id for update',
    [items.map((item) => item.eventId)],
  );
  return new Map(rows.map((row) => [row.event_id, { revision: row.revision, fingerprint: row.fingerprint.replaceAll('-', '') }]));
}

/** Claims the keys of those events that are new, and says which. The events are sorted by id. */
type ClaimKeys = (tx: Transaction, winners: readonly PreparedEvent[]) => Promise<ReadonlySet<string>>;

const uniqueViolation = '23505';

/** Looks which keys are there and copies the others: half the price of `insert … on conflict`, and right as long as nobody else brings one of them in between; then it fails with `uniqueViolation`. */
const copyNewKeys: ClaimKeys = async (tx, winners) => {
  const rows = await tx.query<{ event_id: string }>('select event_id from ingestion.event_key where event_id = any($1::uuid[])', [
    BinaryWriter.uuidArray(winners.map((item) => item.eventId)),
  ]);
  const known = new Set(rows.map((row) => row.event_id));
  const fresh = known.size === 0 ? winners : winners.filter((item) => !known.has(item.eventId));
  if (fresh.length > 0)
    await withWriter((writer) => {
      writer.header();
      for (const { eventId, revision, fingerprint, event } of fresh) writer.row(4).uuid(eventId).int4(revision).uuid(fingerprint).timestamptz(event.receivedAt);
      return tx.copyBinary('ingestion.event_key', ['event_id', 'revision', 'fingerprint', 'received_at'], writer.trailer());
    });
  return new Set(fresh.map((item) => item.eventId));
};

/** Right under any concurrency: waits for the other writer of a key and then counts it as known. */
const insertNewKeys: ClaimKeys = async (tx, winners) => {
  const rows = await tx.query<{ event_id: string }>(
    `insert into ingestion.event_key (event_id, revision, fingerprint, received_at)
     select event_id, revision, fingerprint, to_timestamp($4 / 1000.0) from unnest($1::uuid[], $2::int4[], $3::uuid[]) as new (event_id, revision, fingerprint)
     on conflict (event_id) do nothing
     returning event_id`,
    [
      BinaryWriter.uuidArray(winners.map((item) => item.eventId)),
      BinaryWriter.int4Array(winners.map((item) => item.revision)),
      BinaryWriter.uuidArray(winners.map((item) => item.fingerprint)),
      winners[0]!.event.receivedAt,
    ],
  );
  return new Set(rows.map((row) => row.event_id));
};

async function copyEvents(tx: Transaction, items: readonly PreparedEvent[], scrubbed: ReadonlyMap<string, CanonicalEvent>): Promise<void> {
  await withWriter((writer) => {
    writer.header();
    for (const { eventId, revision, event } of items)
      writer
        .row(6)
        .uuid(eventId)
        .int4(revision)
        .text(event.source)
        .timestamptz(event.occurredAt)
        .timestamptz(event.receivedAt)
        .text(JSON.stringify(scrubbed.get(eventId) ?? event));
    return tx.copyBinary('ingestion.event', ['event_id', 'revision', 'source', 'occurred_at', 'received_at', 'body'], writer.trailer());
  });
}

async function copyOriginals(tx: Transaction, items: readonly PreparedEvent[], scrubbed: ReadonlyMap<string, CanonicalEvent>): Promise<void> {
  await withWriter((writer) => {
    writer.header();
    for (const { eventId, revision, adapter, original, event } of items) {
      const safe = scrubbed.get(eventId);
      writer
        .row(5)
        .timestamptz(event.receivedAt)
        .uuid(eventId)
        .int4(revision)
        .text(adapter)
        .text(safe === undefined ? original : JSON.stringify(safe));
    }
    return tx.copyBinary('ingestion.original_body', ['received_at', 'event_id', 'revision', 'adapter', 'record'], writer.trailer());
  });
}
