import { Injectable } from '@nestjs/common';
import { saveSegment } from '@throughline/contracts';
import { Database } from '@throughline/database';
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

  async answer({ id, basedOn, ...draft }: Request): Promise<Reply> {
    const read = readDraft(draft.rule);
    if (read.kind === 'refused') return { kind: 'refused', reason: 'The rule has not the form of one.', problems: [...read.problems] };
    return this.database.inTransaction(async (tx): Promise<Reply> => {
      if (await nameIsTaken(tx, draft.name, id)) return { kind: 'refused', reason: `There is a segment "${draft.name}" already.` };
      const written = { ...draft, rule: read.rule };
      if (basedOn === null && (await insertSegment(tx, id, written, Date.now()))) return { kind: 'saved', revision: 1 };
      const there = await lockSegment(tx, id);
      if (!there) return { kind: 'notFound' };
      if (isSame(there, written)) return { kind: 'saved', revision: there.revision };
      if (there.revision !== basedOn) return theirs(there);
      return { kind: 'saved', revision: await writeDraft(tx, id, written, Date.now()) };
    });
  }
}

/** Whether a draft says what is there already: a request that is sent again changes nothing. */
function isSame(there: SegmentRow, { name, description, rule }: Pick<Request, 'name' | 'description' | 'rule'>): boolean {
  return there.name === name && there.description === description && JSON.stringify(there.rule) === JSON.stringify(rule);
}
