import { Injectable } from '@nestjs/common';
import { replayQuarantine, type AuditNote, type ReplayRequest } from '@throughline/contracts';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';
import { Replay } from './replay';

type Reply = z.infer<typeof replayQuarantine.reply>;

/** The replay of `POST /v1/quarantine/replay`, asked for by admin-api. */
@Injectable()
export class OnReplayQuarantine implements CommandHandler<ReplayRequest, Reply> {
  readonly command = replayQuarantine;

  constructor(private readonly replays: Replay) {}

  async answer(request: ReplayRequest, note?: AuditNote): Promise<Reply> {
    const { items, ...counts } = await this.replays.run(request, note);
    return { kind: 'tried', ...counts, items: [...items] };
  }
}
