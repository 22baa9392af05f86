import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { catalogue, fieldOf, type Thing } from '@throughline/domain-segments';
import { Problem } from '@throughline/service';

export interface KnownValue {
  readonly value: string;
  readonly count: number;
}

const keptMs = 5 * 60_000;
const most = 500;

/** Which values a field has in the data, the most frequent first: what a picker offers. */
@Injectable()
export class ValueReader {
  private readonly kept = new Map<string, { readonly until: number; readonly values: Promise<KnownValue[]> }>();

  constructor(private readonly database: Database) {}

  async valuesOf(thing: Thing | 'customer', name: string, search: string): Promise<KnownValue[]> {
    const field = fieldOf(catalogue, thing, name);
    if (!field || (field.type !== 'word' && field.type !== 'text' && field.type !== 'words'))
      throw new Problem(400, 'The request is not as it should be', '/field: no field of that name has words as its values');
    const sought = search.toLowerCase();
    const all = field.words ? field.words.map((value) => ({ value, count: 0 })) : await this.read(thing, name);
    return all.filter(({ value }) => value.toLowerCase().includes(sought)).slice(0, 100);
  }

  private read(thing: Thing | 'customer', name: string): Promise<KnownValue[]> {
    const key = `${thing} ${name}`;
    const now = Date.now();
    const known = this.kept.get(key);
    if (known && known.until > now) return known.values;
    const { view } = thing === 'customer' ? catalogue.customer : catalogue.things[thing];
    // View and column are words of the catalogue, which is the program's own.
    const { column, type } = fieldOf(catalogue, thing, name)!;
    const from = type === 'words' ? `${view} x, unnest(x.${column}) as value` : `(select ${column} as value from ${view}) as x`;
    const text = `select value, count(*)::integer as count from ${from} where value is not null group by value order by count(*) desc, value limit ${most}`;
    const values = this.database.query<KnownValue>(text);
    this.kept.set(key, { until: now + keptMs, values });
    values.catch(() => this.kept.delete(key));
    return values;
  }
}
