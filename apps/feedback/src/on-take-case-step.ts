import { Injectable } from '@nestjs/common';
import { takeCaseStep, type AuditNote } from '@throughline/contracts';
import { Database, recordChange } from '@throughline/database';
import type { CaseStep } from '@throughline/domain-feedback';
import type { CommandHandler } from '@throughline/service';
import { lockCase, saveStep } from './recovery-store';

type Step = CaseStep & { readonly anchor: string; readonly id: string };
type Reply = { kind: 'recorded' | 'repeated'; id: string } | { kind: 'refused'; reason: string } | { kind: 'notFound' };

/** Somebody does something about a recovery case. */
@Injectable()
export class OnTakeCaseStep implements CommandHandler<Step, Reply> {
  readonly command = takeCaseStep;

  constructor(private readonly database: Database) {}

  answer({ anchor, ...step }: Step, note?: AuditNote): Promise<Reply> {
    return this.database.inTransaction(async (tx) => {
      const before = await lockCase(tx, anchor);
      if (!before) return { kind: 'notFound' };
      const reply = await saveStep(tx, anchor, before, step);
      if (reply.kind === 'recorded') await recordChange(tx, note, reply.kind, { before: { state: before.case.state } });
      return reply;
    });
  }
}
