import { Injectable } from '@nestjs/common';
import { currentTrace, Database, instantText, type Transaction } from '@throughline/database';
import { Problem } from '@throughline/service';
import { auditHash, type HashedEntry } from './audit-hash';
import type { Principal } from './principal';

/** What happened to what. Details hold ids, choices and masked values: no password, token, free text or whole e-mail address. */
export interface AuditFact {
  /** A noun and what was done to it: `user.disabled`, `key.made`, `segment.published`. */
  readonly action: string;
  /** `<kind>:<id>` of the thing. */
  readonly target: string;
  /** As a rule `before`, `after`, `reason`, `outcome`. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Who did it: a principal, or the person that a link or a password named before anybody was signed in. */
export interface Actor {
  readonly kind: 'person' | 'token' | 'nobody';
  readonly userId: string | null;
  readonly name: string;
  readonly sessionId: string | null;
  readonly address: string | null;
}

interface Head {
  readonly place: string;
  readonly hash: Buffer;
}

/** The append-only record of every change, in the transaction of the change. Entries form a chain of hashes in the order of their places. */
@Injectable()
export class AuditTrail {
  constructor(private readonly database: Database) {}

  /** Adds one entry. Changes that are audited go one after the other from here to their commit, so call it late, or first where the order of changes matters. */
  async record(tx: Transaction, who: Actor, fact: AuditFact): Promise<void> {
    const head = await this.lock(tx);
    const entry: HashedEntry = {
      place: Number(head.place) + 1,
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
    const hash = auditHash(head.hash, entry);
    await tx.execute(
      `insert into admin_api.audit_entry (place, at, actor_kind, actor_id, actor_name, action, target, details, address, session_id, trace_id, previous, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
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
        hash,
      ],
    );
    await tx.execute('update admin_api.audit_head set place = $1, hash = $2 where id = 1', [entry.place, hash]);
  }

  /** Makes this transaction the only one that changes anything audited until it ends. */
  async lock(tx: Transaction): Promise<Head> {
    const [head] = await tx.query<Head>('select place, hash from admin_api.audit_head where id = 1 for update');
    if (!head) throw new Error('The end of the audit chain is missing.');
    return head;
  }

  /**
   * For a change that another service makes: records that it is asked for, asks, and records how it went. When this process ends in between, the first entry stands
   * without the second, and the owner's own facts tell.
   */
  async around<Reply>(who: Principal, fact: AuditFact, ask: () => Promise<Reply>): Promise<Reply> {
    const note = (outcome: string): Promise<void> =>
      this.database.inTransaction((tx) => this.record(tx, who, { ...fact, details: { ...fact.details, outcome } }));
    await note('asked');
    try {
      const reply = await ask();
      await note((reply as { kind?: unknown } | null)?.kind === undefined ? 'done' : String((reply as { kind: unknown }).kind));
      return reply;
    } catch (error) {
      await note(error instanceof Problem ? `refused (${error.getStatus()})` : 'failed');
      throw error;
    }
  }
}
