import { Injectable } from '@nestjs/common';
import { withdrawCorrection, type AuditNote, type WithdrawReply } from '@throughline/contracts';
import { Database, recordChange, type Transaction } from '@throughline/database';
import type { CommandHandler } from '@throughline/service';
import { markOwnersDue } from './due-customers';
import { HeldCustomers } from './held-customers';

interface Withdrawal {
  readonly correctionId: string;
  readonly by: string;
}

/** Withdraws a correction and builds its customer before it answers: the hierarchy is as if it had never been made. */
@Injectable()
export class OnWithdrawCorrection implements CommandHandler<Withdrawal, WithdrawReply> {
  readonly command = withdrawCorrection;

  constructor(
    private readonly database: Database,
    private readonly customers: HeldCustomers,
  ) {}

  async answer(withdrawal: Withdrawal, note?: AuditNote): Promise<WithdrawReply> {
    const { reply, owners } = await this.database.inTransaction(async (tx) => this.withdraw(tx, withdrawal, note));
    await this.customers.build(owners);
    return reply;
  }

  private async withdraw(tx: Transaction, { correctionId, by }: Withdrawal, note: AuditNote | undefined): Promise<{ reply: WithdrawReply; owners: string[] }> {
    const [stored] = await tx.query<{ event_id: string; withdrawn: boolean; kind: string }>(
      `select event_id, withdrawn_at is not null as withdrawn, body->>'kind' as kind from sessionization.correction where id = $1 for update`,
      [correctionId],
    );
    if (!stored) return { reply: { kind: 'notFound' }, owners: [] };
    if (stored.withdrawn) return { reply: { kind: 'repeated', id: correctionId }, owners: [] };
    await tx.execute('update sessionization.correction set withdrawn_at = now(), withdrawn_by = $3 where event_id = $1 and id = $2', [
      stored.event_id,
      correctionId,
      by,
    ]);
    const owners = await markOwnersDue(tx, [stored.event_id]);
    await recordChange(tx, note, 'withdrawn', { kind: stored.kind });
    return { reply: { kind: 'withdrawn', id: correctionId }, owners };
  }
}
