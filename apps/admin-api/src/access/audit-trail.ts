import { Injectable } from '@nestjs/common';
import type { Actor, AuditFact, AuditNote } from '@throughline/contracts';
import { Database, lockAudit, recordAudit, type AuditHead, type Transaction } from '@throughline/database';
import { Problem } from '@throughline/service';
import type { Principal } from './principal';

/** The append-only record of every change, in the transaction of the change. Entries form a chain of hashes in the order of their places. */
@Injectable()
export class AuditTrail {
  constructor(private readonly database: Database) {}

  /** Adds one entry. Changes that are audited go one after the other from here to their commit, so call it late, or first where the order of changes matters. */
  record(tx: Transaction, who: Actor, fact: AuditFact): Promise<void> {
    return recordAudit(tx, who, fact);
  }

  /** Makes this transaction the only one that changes anything audited until it ends. */
  lock(tx: Transaction): Promise<AuditHead> {
    return lockAudit(tx);
  }

  /** Adds one entry about what changes nothing that is stored: a draw, a file taken along. */
  note(who: Actor, fact: AuditFact): Promise<void> {
    return this.database.inTransaction((tx) => this.record(tx, who, fact));
  }

  /**
   * For a change that another service makes. `ask` sends the note beside the command, and the owner adds it to the audit in the transaction of its change; what throws is
   * recorded here. "No answer" says that it may have been done: then the owner's entry, with the same trace id, stands beside this one.
   */
  async around<Reply>({ kind, userId, name, sessionId, address }: Principal, fact: AuditFact, ask: (note: AuditNote) => Promise<Reply>): Promise<Reply> {
    const actor: Actor = { kind, userId, name, sessionId, address };
    try {
      return await ask({ actor, fact });
    } catch (error) {
      await this.note(actor, { ...fact, details: { ...fact.details, outcome: outcomeOf(error) } });
      throw error;
    }
  }
}

function outcomeOf(error: unknown): string {
  if (!(error instanceof Problem)) return 'failed';
  const status = error.getStatus();
  return status < 500 ? `refused (${status})` : `no answer (${status})`;
}
