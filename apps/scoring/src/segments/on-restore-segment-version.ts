import { Injectable } from '@nestjs/common';
import { restoreSegmentVersion, type AuditNote } from '@throughline/contracts';
import { Database, recordChange } from '@throughline/database';
import type { SegmentRule } from '@throughline/domain-segments';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';
import { lockSegment, theirs, writeDraft } from './segment-drafts';

type Request = z.infer<typeof restoreSegmentVersion.request>;
type Reply = z.infer<typeof restoreSegmentVersion.reply>;

/** A former version becomes the draft; the draft that was there is gone, its published forms stay. */
@Injectable()
export class OnRestoreSegmentVersion implements CommandHandler<Request, Reply> {
  readonly command = restoreSegmentVersion;

  constructor(private readonly database: Database) {}

  async answer({ id, version, basedOn, by }: Request, note?: AuditNote): Promise<Reply> {
    return this.database.inTransaction(async (tx): Promise<Reply> => {
      const segment = await lockSegment(tx, id);
      const [former] = await tx.query<{ rule: SegmentRule }>('select rule from scoring.segment_version where segment_id = $1 and version = $2', [id, version]);
      if (!segment || !former) return { kind: 'notFound' };
      if (segment.revision !== basedOn) return theirs(segment);
      const revision = await writeDraft(tx, id, { ...segment, rule: former.rule, by }, Date.now());
      await recordChange(tx, note, 'saved', { before: { revision: basedOn }, after: { revision } });
      return { kind: 'saved', revision };
    });
  }
}
