import fc from 'fast-check';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Database } from './index';
import { testDatabase, type TestDatabase } from './testing';

class CreateValues1763000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema identity');
    await runner.query(
      'create table identity.value (n int primary key, words text, yes boolean, at timestamptz, size bigint, share double precision, bytes bytea, body jsonb)',
    );
  }
  async down(): Promise<void> {
    throw new Error('restore a backup instead');
  }
}

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await testDatabase({ migrations: [CreateValues1763000000001] });
  database = await test.open('identity');
});
afterAll(() => test.drop());

/** Whatever a person may have typed, as far as Postgres takes it: no NUL and no half of a surrogate pair. */
const words = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\u0000') && Buffer.from(text).toString() === text),
  fc.constantFrom('', 'NULL', 'null', '\\N', '\\.', '\\', '"', '{}', '{"a":1}', ',', ' ', '\t', '\n', '\r\n', "'", 'a\\"b', '\u2028', '\u007f'),
);
const row = fc.record({
  words: fc.option(words),
  yes: fc.boolean(),
  at: fc.date({ min: new Date('1900-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
  size: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  share: fc.double({ noNaN: true, noDefaultInfinity: true }),
  bytes: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  body: fc.record({ words }),
});
type Row = typeof row extends fc.Arbitrary<infer Value> ? Value : never;

async function stored(): Promise<Row[]> {
  const rows = await database.query<Row & { size: string; n: number }>('select * from identity.value order by n');
  return rows.map(({ n: _, ...rest }) => ({ ...rest, size: BigInt(rest.size) }));
}
const roundTrip = (save: (rows: readonly Row[]) => Promise<unknown>) =>
  fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
      await database.execute('truncate identity.value');
      await save(rows);
      expect(await stored()).toEqual(rows.map((one) => ({ ...one, share: one.share + 0 })));
    }),
    { numRuns: 60 },
  );

it('COPY brings back what went in, whatever it was', () =>
  roundTrip((rows) =>
    database.inTransaction((tx) =>
      tx.copyInto(
        'identity.value',
        ['n', 'words', 'yes', 'at', 'size', 'share', 'bytes', 'body'],
        rows.map((one, n) => [n, one.words, one.yes, one.at, one.size, one.share, one.bytes, JSON.stringify(one.body)]),
      ),
    ),
  ));

it('an insert by arrays brings back what went in, whatever it was', () =>
  roundTrip((rows) =>
    database.inTransaction((tx) =>
      tx.insertMany('identity.value', {
        n: { type: 'int', values: rows.map((_, n) => n) },
        words: { type: 'text', values: rows.map((one) => one.words) },
        yes: { type: 'boolean', values: rows.map((one) => one.yes) },
        at: { type: 'timestamptz', values: rows.map((one) => one.at) },
        size: { type: 'bigint', values: rows.map((one) => one.size) },
        share: { type: 'double precision', values: rows.map((one) => one.share) },
        bytes: { type: 'bytea', values: rows.map((one) => one.bytes) },
        body: { type: 'jsonb', values: rows.map((one) => JSON.stringify(one.body)) },
      }),
    ),
  ));
