import type { OnModuleDestroy } from '@nestjs/common';
import { Database } from '@throughline/database';

export interface RuleRunnerOptions {
  /** Postgres as `tl_rules`. */
  readonly url: string;
  readonly statementTimeoutMs: number;
  /** What Postgres may expect a statement to cost, in its own units (a page read in order is 1). */
  readonly costLimit: number;
  readonly poolSize?: number;
}

export type RuleAnswer<Row> = { readonly kind: 'rows'; readonly rows: readonly Row[] } | { readonly kind: 'refused'; readonly reason: string };

/** Runs statements of rules: as a role that only reads a few views, in a transaction that only reads, after Postgres was asked what they would cost, and no longer than they may. */
export class RuleRunner implements OnModuleDestroy {
  private opened: Promise<Database> | undefined;

  constructor(private readonly options: RuleRunnerOptions) {}

  /** `bounded`: it is about a few customers alone, whose number bounds its cost; to plan it twice would take longer than to run it. */
  async run<Row extends object>(
    { text, params }: { readonly text: string; readonly params: readonly unknown[] },
    { bounded = false }: { readonly bounded?: boolean } = {},
  ): Promise<RuleAnswer<Row>> {
    const database = await this.database();
    try {
      return await database.inTransaction(async (tx) => {
        await tx.execute('set transaction isolation level repeatable read, read only');
        // Workers would share the walk over the customers and each make every grouped subquery anew, which is all the work there is.
        await tx.execute('set local max_parallel_workers_per_gather = 0');
        if (!bounded && costOf(await tx.query<{ 'QUERY PLAN': unknown }>('explain (format json) ' + text, params)) > this.options.costLimit)
          return { kind: 'refused' as const, reason: 'The rule would read too much. Make a part of it a segment of its own, or narrow its time.' };
        return { kind: 'rows' as const, rows: await tx.query<Row>(text, params) };
      });
    } catch (error) {
      if ((error as { code?: unknown }).code !== '57014') throw error;
      return {
        kind: 'refused',
        reason: `The rule takes longer than ${this.options.statementTimeoutMs / 1000} seconds. Make a part of it a segment of its own, or narrow its time.`,
      };
    }
  }

  async onModuleDestroy(): Promise<void> {
    await (await this.opened?.catch(() => undefined))?.close();
  }

  /** Opened when it is first needed, and again when that failed. */
  private database(): Promise<Database> {
    this.opened ??= Database.open({
      url: this.options.url,
      applicationName: 'scoring-rules',
      schema: 'scoring',
      poolSize: this.options.poolSize ?? 6,
      statementTimeoutMs: this.options.statementTimeoutMs,
      requireLeastPrivilege: true,
    }).catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }
}

function costOf(rows: readonly { readonly 'QUERY PLAN': unknown }[]): number {
  const plan = rows[0]?.['QUERY PLAN'] as readonly { readonly Plan: { readonly 'Total Cost': number } }[] | undefined;
  if (!plan?.[0]) throw new Error('Postgres did not say what the statement costs.');
  return plan[0].Plan['Total Cost'];
}
