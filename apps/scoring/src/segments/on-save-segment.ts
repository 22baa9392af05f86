import { Injectable } from '@nestjs/common';
import { saveSegment, type AuditNote } from '@throughline/contracts';
import { Database, recordChange } from '@throughline/database';
import { readDraft } from '@throughline/domain-segments';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';
import { insertSegment, lockSegment, nameIsTaken, theirs, writeDraft, type SegmentRow } from './segment-drafts';

type Request = z.infer<typeof saveSegment.request>;
type Reply = z.infer<typeof saveSegment.reply>;

/** Keeps a draft. It counts for nobody until it is published. */
@Injectable()
export class OnSaveSegment implements CommandHandler<Request, Reply> {
  readonly command = saveSegment;

  constructor(private readonly database: Database) {}

  async answer({ id, basedOn, ...draft }: Request, note?: AuditNote): Promise<Reply> {
    const read = readDraft(draft.rule);
    if (read.kind === 'refused') return { kind: 'refused', reason: 'The rule has not the form of one.', problems: [...read.problems] };
    return this.database.inTransaction(async (tx): Promise<Reply> => {
      if (await nameIsTaken(tx, draft.name, id)) return { kind: 'refused', reason: `There is a segment "${draft.name}" already.` };
      const written = { ...draft, rule: read.rule };
      if (basedOn === null && (await insertSegment(tx, id, written, Date.now()))) {
        await recordChange(tx, note, 'saved', { after: { revision: 1 } });
        return { kind: 'saved', revision: 1 };
      }
      const there = await lockSegment(tx, id);
      if (!there) return { kind: 'notFound' };
      if (isSame(there, written)) return { kind: 'saved', revision: there.revision };
      if (there.revision !== basedOn) return theirs(there);
      const revision = await writeDraft(tx, id, written, Date.now());
      await recordChange(tx, note, 'saved', { before: { revision: basedOn }, after: { revision } });
      return { kind: 'saved', revision };
    });
  }
}

/** Whether a draft says what is there already: a request that is sent again changes nothing. */
function isSame(there: SegmentRow, { name, description, rule }: Pick<Request, 'name' | 'description' | 'rule'>): boolean {
  return there.name === name && there.description === description && JSON.stringify(there.rule) === JSON.stringify(rule);
}
