import type { MessageDefinition } from '@throughline/contracts';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { v7 as uuidv7 } from 'uuid';
import { arrayLiteral } from './array-literal';
import { copyChunks, type CopyValue } from './copy-text';
import { failpoint } from './failpoint';
import type { OutboxRow } from './outbox';
import { cutJsonTexts, jsonTexts } from './json-texts';
import { currentTraceparent } from './trace';

/** A column of `insertMany`: its Postgres type (`uuid`, `timestamptz`, `jsonb` …) and one value for each row. JSON is passed as text; array columns do not go through `unnest`. */
export interface ColumnValues {
  readonly type: string;
  readonly values: readonly CopyValue[];
}

const isJson = (type: string): boolean => type === 'json' || type === 'jsonb';

/** One open transaction on one connection. Statements run in the order they are called. */
export class Transaction {
  /** Read by `Database` after the commit. */
  readonly published: OutboxRow[] = [];
  readonly afterCommits: (() => void)[] = [];

  constructor(
    private readonly client: PoolClient,
    private readonly schema: string,
  ) {}

  /** Runs one statement with bound values and gives its rows. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.client.query<Row & Record<string, unknown>>(text, values as unknown[]);
    return result.rows;
  }

  /** Runs one statement with bound values and gives the number of rows it touched. */
  async execute(text: string, values: readonly unknown[] = []): Promise<number> {
    const result = await this.client.query(text, values as unknown[]);
    return result.rowCount ?? 0;
  }

  /** `COPY table (columns) FROM STDIN`: the fastest way in for many rows without conflicts. Gives the number of rows. */
  async copyInto(table: string, columns: readonly string[], rows: Iterable<readonly CopyValue[]>): Promise<number> {
    const counted = { rows: 0 };
    const stream = this.client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
    await new Promise<void>((resolve, reject) => {
      stream.on('error', reject);
      stream.once('finish', resolve);
      const chunks = copyChunks(rows, counted);
      const write = (): void => {
        try {
          for (let next = chunks.next(); !next.done; next = chunks.next()) {
            if (!stream.write(next.value)) {
              stream.once('drain', write);
              return;
            }
          }
          stream.end();
        } catch (error) {
          // A row source that throws must not leave a half copy open: the server is told to fail it.
          stream.destroy(error as Error);
        }
      };
      write();
    });
    return counted.rows;
  }

  /** `COPY … WITH (FORMAT binary)` of rows that the caller has encoded, header and trailer included: for the one path where even writing them as text costs too much. */
  async copyBinary(table: string, columns: readonly string[], encoded: Buffer): Promise<void> {
    const stream = this.client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin with (format binary)`));
    await new Promise<void>((resolve, reject) => {
      stream.on('error', reject);
      stream.once('finish', resolve);
      stream.end(encoded);
    });
  }

  /**
   * Inserts many rows by one statement (`unnest` of one array for each column). `suffix` is SQL after the select: `on conflict … do …`, `returning …`.
   * Give the rows sorted by primary key, so that two writers cannot deadlock.
   */
  async insertMany<Row extends object = Record<string, never>>(
    table: string,
    columns: Readonly<Record<string, ColumnValues>>,
    suffix = '',
  ): Promise<{ rows: Row[]; count: number }> {
    const names = Object.keys(columns);
    const of = Object.values(columns);
    if ((of[0]?.values.length ?? 0) === 0) return { rows: [], count: 0 };
    const arrays = of.map(({ type }, index) => `${isJson(type) ? cutJsonTexts(index + 1) : `$${index + 1}`}::${type}[]`).join(', ');
    const text = `insert into ${table} (${names.join(', ')}) select * from unnest(${arrays}) ${suffix}`;
    const result = await this.client.query<Row & Record<string, unknown>>(
      text,
      of.map(({ type, values }) => (isJson(type) ? jsonTexts(values as (string | null)[]) : arrayLiteral(values))),
    );
    return { rows: result.rows, count: result.rowCount ?? 0 };
  }

  /** Writes one row into this service's outbox. It is published after the commit, at least once, whatever happens to this process. */
  async publish<Payload>(message: MessageDefinition<Payload>, payload: Payload): Promise<void> {
    const row: OutboxRow = { id: uuidv7(), subject: message.subject, payload: JSON.stringify(payload), traceparent: currentTraceparent() ?? null };
    await this.client.query(`insert into ${this.schema}.outbox (id, subject, payload, traceparent) values ($1, $2, $3, $4)`, [
      row.id,
      row.subject,
      row.payload,
      row.traceparent,
    ]);
    failpoint('mid-transaction');
    this.published.push(row);
  }

  /** Runs `then` once this transaction is committed (never before, never when it is rolled back). It must not throw. */
  afterCommit(then: () => void): void {
    this.afterCommits.push(then);
  }
}
