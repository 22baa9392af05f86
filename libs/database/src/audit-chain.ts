import type { Actor, AuditFact, AuditNote } from '@throughline/contracts';
import { auditHash, type HashedEntry } from './audit-hash';
import { instantText } from './instant-text';
import { currentTrace } from './trace';
import type { Transaction } from './transaction';

/** The last entry: its place and its hash. */
export interface AuditHead {
  readonly place: number;
  readonly hash: Buffer;
}

/** Makes this transaction the only one that adds to the audit until it ends. Take nothing else afterwards that somebody may hold who waits for this. */
export async function lockAudit(tx: Transaction): Promise<AuditHead> {
  const [head] = await tx.query<{ place: string; hash: Buffer }>('select place, hash from admin_api.audit_lock()');
  if (!head) throw new Error('The end of the audit chain is missing.');
  return { place: Number(head.place), hash: head.hash };
}

/** Adds one entry to the audit, in the transaction of the change. Audited changes of all services go one after the other from here to their commit: call it last. */
export async function recordAudit(tx: Transaction, who: Actor, fact: AuditFact): Promise<void> {
  const head = await lockAudit(tx);
  const entry: HashedEntry = {
    place: head.place + 1,
    at: Date.now(),
    actorKind: who.kind,
    actorId: who.userId,
    actorName: who.name,
    action: fact.action,
    target: fact.target,
    details: JSON.stringify(fact.details ?? {}),
    address: who.address,
    sessionId: who.sessionId,
    traceId: currentTrace()?.traceId ?? null,
  };
  await tx.execute('select admin_api.audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)', [
    entry.place,
    instantText(entry.at),
    entry.actorKind,
    entry.actorId,
    entry.actorName,
    entry.action,
    entry.target,
    entry.details,
    entry.address,
    entry.sessionId,
    entry.traceId,
    head.hash,
    auditHash(head.hash, entry),
  ]);
}

/**
 * Adds the entry of a change that a command asked for, with how it went (`outcome`, as a rule the reply's kind) and what the owner knows of it beside what was asked for.
 * For changes alone: who asks learns of a refusal and records it. Without a note nobody in particular asked, and nothing is added.
 */
export async function recordChange(
  tx: Transaction,
  note: AuditNote | undefined,
  outcome: string,
  known: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  if (note) await recordAudit(tx, note.actor, { ...note.fact, details: { ...note.fact.details, ...known, outcome } });
}

/** The tables of the chain, for the first migration of admin-api. */
export const auditTables: readonly string[] = [
  `create table admin_api.audit_entry (
     place bigint primary key,
     at timestamptz not null,
     actor_kind text not null,
     actor_id uuid,
     actor_name text not null,
     action text not null,
     target text not null,
     details json not null,
     address text,
     session_id uuid,
     trace_id text,
     previous bytea not null,
     hash bytea not null
   )`,
  'create index audit_entry_actor on admin_api.audit_entry (actor_id, place)',
  // The end of the chain: locked by whoever appends, so that places have no gap, and compared by whoever verifies, so that a cut end shows.
  'create table admin_api.audit_head (id integer primary key, place bigint not null, hash bytea not null)',
  "insert into admin_api.audit_head values (1, 0, decode(repeat('00', 32), 'hex'))",
];

/**
 * The only way into the chain: functions that run as the owner of the tables, so that a service can append an entry in its own transaction and has no other right.
 * An entry that does not follow the end is refused. `migrate` grants them to the services.
 */
export const auditFunctions: readonly string[] = [
  `create function admin_api.audit_lock() returns table (place bigint, hash bytea)
   language sql volatile security definer set search_path = pg_catalog, pg_temp
   as $body$ select h.place, h.hash from admin_api.audit_head h where h.id = 1 for update $body$`,
  `create function admin_api.audit_append(
     entry_place bigint, at timestamptz, actor_kind text, actor_id uuid, actor_name text, action text, target text, details text,
     address text, session_id uuid, trace_id text, entry_previous bytea, entry_hash bytea
   ) returns void
   language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
   as $body$
   begin
     update admin_api.audit_head h set place = entry_place, hash = entry_hash
     where h.id = 1 and h.place = entry_place - 1 and h.hash = entry_previous and length(entry_hash) = 32;
     if not found then
       raise exception 'The entry does not follow the end of the audit.' using errcode = 'check_violation';
     end if;
     insert into admin_api.audit_entry
     values (entry_place, at, actor_kind, actor_id, actor_name, action, target, details::json, address, session_id, trace_id, entry_previous, entry_hash);
   end
   $body$`,
  'revoke all on function admin_api.audit_lock() from public',
  'revoke all on function admin_api.audit_append(bigint, timestamptz, text, uuid, text, text, text, text, text, uuid, text, bytea, bytea) from public',
];
