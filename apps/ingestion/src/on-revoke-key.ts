import { Injectable } from '@nestjs/common';
import { revokeKey, type AuditNote, type WithdrawReply } from '@throughline/contracts';
import { Database, instantText, recordChange } from '@throughline/database';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';
import { keyIdColumn } from './key-id';
import { SourceRegistry } from './source-registry';

type Request = z.infer<typeof revokeKey.request>;

/** Ends a write key, here at once, and on other replicas when they read the sources again. */
@Injectable()
export class OnRevokeKey implements CommandHandler<Request, WithdrawReply> {
  readonly command = revokeKey;

  constructor(
    private readonly database: Database,
    private readonly sources: SourceRegistry,
  ) {}

  async answer({ keyId, at }: Request, note?: AuditNote): Promise<WithdrawReply> {
    const reply = await this.database.inTransaction(async (tx): Promise<WithdrawReply> => {
      const [known] = await tx.query<{ sha256: string; revoked_at: Date | null }>(
        `select sha256, revoked_at from ingestion.write_key where ${keyIdColumn} = $1 for update`,
        [keyId],
      );
      if (!known) return { kind: 'notFound' };
      if (known.revoked_at !== null && known.revoked_at.getTime() <= at) return { kind: 'repeated', id: keyId };
      await tx.execute('update ingestion.write_key set revoked_at = $2 where sha256 = $1', [known.sha256, instantText(at)]);
      await recordChange(tx, note, 'withdrawn', { before: { endsAt: known.revoked_at?.getTime() ?? null }, after: { endsAt: at } });
      return { kind: 'withdrawn', id: keyId };
    });
    await this.sources.refresh();
    return reply;
  }
}
