import { Inject, Injectable } from '@nestjs/common';
import { decideIdentity, defaultIdentitySettings, type AuditNote, type Decision, type RecordReply } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';
import { readDecisions } from '@throughline/domain-identity';
import type { CommandHandler } from '@throughline/service';
import { Resolver } from './resolver';

/** Records a person's word on identity, with everything that follows from it, before it answers. */
@Injectable()
export class OnDecideIdentity implements CommandHandler<Decision, RecordReply> {
  readonly command = decideIdentity;

  constructor(@Inject(Resolver) private readonly resolver: Resolver) {}

  answer(decision: Decision, note?: AuditNote): Promise<RecordReply> {
    const refusal = refusalOf(decision);
    if (refusal !== null) return Promise.resolve({ kind: 'refused', reason: refusal });
    return this.resolver.decide((tx) => this.record(tx, decision), note);
  }

  private async record(tx: Transaction, decision: Decision): Promise<{ reply: RecordReply; changed: boolean }> {
    const [stored] = await tx.query<{ same: boolean }>('select body::jsonb = $2::jsonb as same from identity.decision where decision_id = $1', [
      decision.id,
      JSON.stringify(decision),
    ]);
    if (stored)
      return { reply: stored.same ? { kind: 'repeated', id: decision.id } : { kind: 'refused', reason: 'Another decision has this id.' }, changed: false };
    await tx.execute('insert into identity.decision (decision_id, body) values ($1, $2)', [decision.id, JSON.stringify(decision)]);
    return { reply: { kind: 'recorded', id: decision.id }, changed: true };
  }
}

function refusalOf(decision: Decision): string | null {
  if (decision.kind === 'assign' && decision.until !== undefined && decision.until <= decision.from)
    return 'It would end before it begins: `until` must be later than `from`.';
  const { pairs, assigns, households } = readDecisions([decision], defaultIdentitySettings);
  if (pairs.length + assigns.length + households.length > 0) return null;
  return 'The two values must be different identifiers of a person: no device or cookie, and none that is blocked (such as "anonymous" or 0000).';
}
