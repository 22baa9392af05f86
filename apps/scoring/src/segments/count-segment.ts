import { Injectable } from '@nestjs/common';
import type { SegmentCount } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { catalogue, compileTally, estimateSize, type CompiledTally, type SegmentRule } from '@throughline/domain-segments';
import { RuleRunner } from './rule-runner';

interface Tally {
  readonly asked: number;
  readonly held: number;
  readonly leaves: readonly number[] | null;
}

export type Counted = SegmentCount | { readonly kind: 'refused'; readonly reason: string };

/** Counts whom a rule holds, now. */
@Injectable()
export class CountSegment {
  constructor(
    private readonly database: Database,
    private readonly rules: RuleRunner,
  ) {}

  async everybody(rule: SegmentRule): Promise<Counted> {
    return this.count(compileTally(rule, catalogue, Date.now()), ({ asked, held }) => estimateSize(held, asked, asked));
  }

  /** From the sample that is drawn from time to time; of everybody where none is. */
  async sample(rule: SegmentRule): Promise<Counted> {
    const [draw] = await this.database.query<{ total: number }>('select total from scoring.sample_draw where id = 1 and sample < total');
    if (!draw) return this.everybody(rule);
    return this.count(compileTally(rule, catalogue, Date.now(), { kind: 'sample' }), ({ asked, held }) =>
      estimateSize(held, asked, Math.max(asked, draw.total)),
    );
  }

  private async count(tally: CompiledTally, sizeOf: (counted: Tally) => Omit<SegmentCount, 'kind' | 'leaves' | 'ms'>): Promise<Counted> {
    const startedAt = performance.now();
    const answer = await this.rules.run<Tally>(tally);
    if (answer.kind === 'refused') return answer;
    const counted = answer.rows[0]!;
    const leaves = tally.leaves.map((id, leaf) => ({ id, held: counted.leaves?.[leaf] ?? 0 }));
    return { kind: 'counted', ...sizeOf(counted), leaves, ms: Math.round(performance.now() - startedAt) };
  }
}
