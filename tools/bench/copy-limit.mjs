// The denominator of every ratio: COPY of one fixed 300-byte row in transactions of 200, on the same server, with the same durability, in the same run.
import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** 300 bytes with its line end: a uuid-like key, a time, a padded body. The same row each time, so that nothing depends on its content. */
export const fixedRow = `${'0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c11\t2026-03-02 15:05:00+00\t'.padEnd(299, 'x')}\n`;

/** Rows a second that one connection copies durably. */
export async function copyRowsPerSecond(databaseUrl, seconds = 8) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query('show synchronous_commit');
    if (rows[0].synchronous_commit !== 'on') throw new Error('the limit must be measured with synchronous_commit on');
    await client.query('create table if not exists bench_copy (key text, at timestamptz, body text)');
    await client.query('truncate bench_copy');
    const block = Buffer.from(fixedRow.repeat(200));
    let transactions = 0;
    const startedAt = performance.now();
    while (performance.now() - startedAt < seconds * 1000) {
      const stream = client.query(copyFrom('copy bench_copy from stdin'));
      stream.end(block);
      await once(stream, 'finish');
      transactions += 1;
    }
    const rate = (transactions * 200) / ((performance.now() - startedAt) / 1000);
    await client.query('drop table bench_copy');
    return rate;
  } finally {
    await client.end();
  }
}
