import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';

/** Customers in the sample: a segment of a third of all is then estimated to about ± 4 % of itself, one of a twentieth to ± 12 %, within 0.1 s; the exact count follows. */
const sampleSize = 5_000;
const redrawAfterMs = 3_600_000;
const redrawAtGrowth = 0.02;

/** Keeps a simple random sample of the known customers, from which sizes are estimated while somebody writes a rule. */
@Injectable()
export class DrawCustomerSample implements Sweep {
  readonly name = 'draw-customer-sample';
  readonly everyMs = 30_000;

  constructor(private readonly database: Database) {}

  async run(): Promise<void> {
    const [state] = await this.database.query<{ known: number; total: number | null; age: number | null }>(
      `select (select count(*)::integer from scoring.read_customer where known) as known, d.total, date_part('epoch', now() - d.drawn_at) * 1000 as age
       from (values (1)) as one left join scoring.sample_draw d on true`,
    );
    if (!state) return;
    const { known, total, age } = state;
    if (total !== null && age !== null && age < redrawAfterMs && Math.abs(known - total) <= redrawAtGrowth * total) return;
    await this.draw();
  }

  /** Draws anew. */
  async draw(): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await tx.execute('delete from scoring.customer_sample');
      const sample = await tx.execute(
        `insert into scoring.customer_sample select customer_id from (
           select customer_id from scoring.read_customer where known order by random() limit ${sampleSize}) as drawn order by customer_id`,
      );
      await tx.execute(
        `insert into scoring.sample_draw (id, drawn_at, sample, total) select 1, now(), $1, count(*)::integer from scoring.read_customer where known
         on conflict (id) do update set drawn_at = excluded.drawn_at, sample = excluded.sample, total = excluded.total`,
        [sample],
      );
    });
  }
}
