import { Injectable } from '@nestjs/common';
import { makeKey, type AuditNote, type RecordReply } from '@throughline/contracts';
import { Database, instantText, recordChange } from '@throughline/database';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';
import { keyIdOf } from './key-id';
import { SourceRegistry } from './source-registry';

type Request = z.infer<typeof makeKey.request>;

/** Takes the hash of a new write key. It works here at once, and on other replicas when they read the sources again. */
@Injectable()
export class OnMakeKey implements CommandHandler<Request, RecordReply> {
  readonly command = makeKey;

  constructor(
    private readonly database: Database,
    private readonly sources: SourceRegistry,
  ) {}

  async answer({ source, sha256, prefix, label, by, at }: Request, note?: AuditNote): Promise<RecordReply> {
    const id = keyIdOf(sha256);
    const reply = await this.database.inTransaction(async (tx): Promise<RecordReply> => {
      const [known] = await tx.query<{ source: string }>('select source from ingestion.write_key where sha256 = $1', [sha256]);
      if (known) return known.source === source ? { kind: 'repeated', id } : { kind: 'refused', reason: 'This key belongs to another source.' };
      const made = await tx.execute(
        `insert into ingestion.write_key (sha256, prefix, source, label, made_by, created_at)
         select $1, $2, name, $4, $5, $6 from ingestion.source where name = $3 and disabled_at is null`,
        [sha256, prefix, source, label, by, instantText(at)],
      );
      if (made === 0) return { kind: 'refused', reason: `There is no source "${source}".` };
      await recordChange(tx, note, 'recorded', { key: id });
      return { kind: 'recorded', id };
    });
    await this.sources.refresh();
    return reply;
  }
}
