import { Injectable } from '@nestjs/common';
import { showQuarantined } from '@throughline/contracts';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';
import { QuarantineStore } from './quarantine-store';

type Reply = z.infer<typeof showQuarantined.reply>;

/** One kept record, as `GET /v1/quarantine/:id` shows it. */
@Injectable()
export class OnShowQuarantined implements CommandHandler<{ id: string }, Reply> {
  readonly command = showQuarantined;

  constructor(private readonly store: QuarantineStore) {}

  async answer({ id }: { id: string }): Promise<Reply> {
    const item = await this.store.show(id);
    return item === null ? { kind: 'notFound' } : { kind: 'found', record: item.record };
  }
}
