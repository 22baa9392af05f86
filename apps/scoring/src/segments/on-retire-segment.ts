import { Injectable } from '@nestjs/common';
import { retireSegment, type AuditNote } from '@throughline/contracts';
import { Database, instantText, recordChange, type Transaction } from '@throughline/database';
import { segmentsIn } from '@throughline/domain-segments';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';
import { holdMemberships } from './membership-lock';
import { publishedSegments } from './published-segments';
import { nameIsTaken } from './segment-drafts';

type Request = z.infer<typeof retireSegment.request>;
type Reply = z.infer<typeof retireSegment.reply>;

/** Takes a segment out of use: everybody leaves. Back in use its members are worked out anew, by the sweep. */
@Injectable()
export class OnRetireSegment implements CommandHandler<Request, Reply> {
  readonly command = retireSegment;

  constructor(private readonly database: Database) {}

  async answer(request: Request, note?: AuditNote): Promise<Reply> {
    return this.database.inTransaction(async (tx): Promise<Reply> => {
      await holdMemberships(tx);
      await tx.execute('lock table scoring.segment in share row exclusive mode');
      const [segment] = await tx.query<{ name: string; retired: boolean }>(
        'select name, retired_at is not null as retired from scoring.segment where segment_id = $1',
        [request.id],
      );
      if (!segment) return { kind: 'notFound' };
      if (segment.retired === request.retired) return { kind: 'done' };
      const reply = await (request.retired ? this.retire(tx, request) : this.bringBack(tx, request.id, segment.name));
      if (reply.kind === 'done') await recordChange(tx, note, 'done', { before: { retired: segment.retired }, after: { retired: request.retired } });
      return reply;
    });
  }

  private async retire(tx: Transaction, { id, by }: Request): Promise<Reply> {
    const asking = (await publishedSegments(tx)).filter(({ rule }) => segmentsIn(rule.root).includes(id));
    if (asking.length > 0) return { kind: 'refused', reason: `It is asked for by ${asking.map(({ name }) => `"${name}"`).join(', ')}.` };
    const now = instantText(Date.now());
    await tx.execute('update scoring.segment set retired_at = $2, retired_by = $3, waiting = null where segment_id = $1', [id, now, JSON.stringify(by)]);
    await tx.execute('update scoring.segment_member set until = $2 where segment_id = $1 and until is null', [id, now]);
    return { kind: 'done' };
  }

  private async bringBack(tx: Transaction, id: string, name: string): Promise<Reply> {
    if (await nameIsTaken(tx, name, id)) return { kind: 'refused', reason: `There is another segment "${name}" by now.` };
    await tx.execute('update scoring.segment set retired_at = null, retired_by = null where segment_id = $1', [id]);
    await tx.execute('delete from scoring.segment_run where segment_id = $1', [id]);
    return { kind: 'done' };
  }
}
