import { Inject, Injectable } from '@nestjs/common';
import { withdrawDecision, type AuditNote, type WithdrawReply } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';
import type { CommandHandler } from '@throughline/service';
import { Resolver } from './resolver';

interface Withdrawal {
  readonly decisionId: string;
  readonly by: string;
}

/** Takes a decision back before it answers: the world is as if it had never been, the record of it aside. */
@Injectable()
export class OnWithdrawDecision implements CommandHandler<Withdrawal, WithdrawReply> {
  readonly command = withdrawDecision;

  constructor(@Inject(Resolver) private readonly resolver: Resolver) {}

  answer(withdrawal: Withdrawal, note?: AuditNote): Promise<WithdrawReply> {
    return this.resolver.decide((tx) => this.withdraw(tx, withdrawal), note);
  }

  private async withdraw(tx: Transaction, { decisionId, by }: Withdrawal): Promise<{ reply: WithdrawReply; changed: boolean; known?: object }> {
    const [stored] = await tx.query<{ withdrawn: boolean; kind: string }>(
      `select withdrawn_at is not null as withdrawn, body->>'kind' as kind from identity.decision where decision_id = $1`,
      [decisionId],
    );
    if (!stored) return { reply: { kind: 'notFound' }, changed: false };
    if (stored.withdrawn) return { reply: { kind: 'repeated', id: decisionId }, changed: false };
    await tx.execute('update identity.decision set withdrawn_at = now(), withdrawn_by = $2 where decision_id = $1', [decisionId, by]);
    return { reply: { kind: 'withdrawn', id: decisionId }, changed: true, known: { kind: stored.kind } };
  }
}
