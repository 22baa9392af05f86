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

/** The sample as it was drawn at `at`. */
interface Sample {
  readonly at: string;
  readonly total: number;
  readonly ids: readonly string[];
}

export type Counted = SegmentCount | { readonly kind: 'refused'; readonly reason: string };

/** Counts whom a rule holds, now. */
@Injectable()
export class CountSegment {
  private kept: Sample | undefined;

  constructor(
    private readonly database: Database,
    private readonly rules: RuleRunner,
  ) {}

  async everybody(rule: SegmentRule): Promise<Counted> {
    return this.count(compileTally(rule, catalogue, Date.now()), ({ asked, held }) => estimateSize(held, asked, asked));
  }

  /** From the sample that is drawn from time to time; of everybody where none is. */
  async sample(rule: SegmentRule): Promise<Counted> {
    const drawn = await this.drawn();
    if (!drawn) return this.everybody(rule);
    // As values and not as a view: so the planner knows how few they are.
    const tally = compileTally(rule, catalogue, Date.now(), { kind: 'customers', ids: drawn.ids });
    return this.count(tally, ({ asked, held }) => estimateSize(held, asked, Math.max(asked, drawn.total)), true);
  }

  private async drawn(): Promise<Sample | undefined> {
    const [draw] = await this.database.query<{ at: string; total: number }>(
      'select drawn_at::text as at, total from scoring.sample_draw where id = 1 and sample < total',
    );
    if (!draw) return undefined;
    if (this.kept?.at !== draw.at) {
      const rows = await this.database.query<{ customer_id: string }>('select customer_id from scoring.customer_sample order by customer_id');
      this.kept = { ...draw, ids: rows.map((row) => row.customer_id) };
    }
    return this.kept;
  }

  private async count(tally: CompiledTally, sizeOf: (counted: Tally) => Omit<SegmentCount, 'kind' | 'leaves' | 'ms'>, bounded = false): Promise<Counted> {
    const startedAt = performance.now();
    const answer = await this.rules.run<Tally>(tally, { bounded });
    if (answer.kind === 'refused') return answer;
    const counted = answer.rows[0]!;
    const leaves = tally.leaves.map((id, leaf) => ({ id, held: counted.leaves?.[leaf] ?? 0 }));
    return { kind: 'counted', ...sizeOf(counted), leaves, ms: Math.round(performance.now() - startedAt) };
  }
}
