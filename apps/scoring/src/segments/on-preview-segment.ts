import { Injectable } from '@nestjs/common';
import { previewSegment } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { catalogue, readRule } from '@throughline/domain-segments';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';
import { CountSegment } from './count-segment';
import { asKnown, publishedSegments } from './published-segments';

type Request = z.infer<typeof previewSegment.request>;
type Reply = z.infer<typeof previewSegment.reply>;

/** Counts that run at once. */
const atOnce = 4;

/** Counts for somebody who is writing a rule. */
@Injectable()
export class OnPreviewSegment implements CommandHandler<Request, Reply> {
  readonly command = previewSegment;
  private running = 0;

  constructor(
    private readonly database: Database,
    private readonly counts: CountSegment,
  ) {}

  async answer({ id, rule, exact }: Request): Promise<Reply> {
    if (this.running >= atOnce) return { kind: 'busy' };
    this.running += 1;
    try {
      const read = readRule(rule, catalogue, asKnown(await publishedSegments(this.database)), id ?? undefined);
      if (read.kind === 'refused') return { kind: 'refused', reason: read.problems[0]!.words, problems: [...read.problems] };
      return await (exact ? this.counts.everybody(read.rule) : this.counts.sample(read.rule));
    } finally {
      this.running -= 1;
    }
  }
}
