// The denominator of every ratio: COPY of one fixed 300-byte row in transactions of 200, on the same server, with the same durability, in the same run.
import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Some JSON of a fixed length. Only the key before it differs from row to row: without a key that is unique nothing stored can be found again. */
const fixedBody = JSON.stringify({ type: 'queue.joined', channel: 'voice', occurredAt: '2026-03-02T15:05:00.000Z', queue: 'technical', text: '' });
const keyOf = (count) => `0197a3c2-${(count % 65_536).toString(16).padStart(4, '0')}-4cc4-8a50-${count.toString(16).padStart(12, '0')}`;

/** 300 bytes with its line end: a UUID, a tab, and JSON. The keys are spread over the index as those of events are. */
export const keyedRow = (count) => `${keyOf(Math.imul(count, 0x9e3779b1) >>> 0)}\t${fixedBody.slice(0, -2)}${'x'.repeat(300 - 36 - 2 - fixedBody.length)}"}\n`;
/** 300 bytes as well, for a table without any key: nobody could store events so, but nothing is faster. */
export const bareRow = () => `${keyOf(0)}\t2026-03-02 15:05:00+00\t`.padEnd(299, 'x') + '\n';

const tables = {
  keyed: { columns: 'key uuid primary key, body jsonb not null', row: keyedRow },
  bare: { columns: 'key text, at timestamptz, body text', row: bareRow },
};

/**
 * Rows a second that one connection copies durably: `keyed` into the smallest table that could hold events (a UUID as primary key and JSON), the denominator of all
 * ratios; `bare` into a heap without index, the speed of the write-ahead log.
 */
export async function copyRowsPerSecond(databaseUrl, seconds = 6) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query('show synchronous_commit');
    if (rows[0].synchronous_commit !== 'on') throw new Error('the limit must be measured with synchronous_commit on');
    const found = {};
    for (const [name, { columns, row }] of Object.entries(tables)) {
      await client.query(`create table bench_copy (${columns})`);
      let count = 0;
      let copying = 0;
      while (copying < seconds * 1000) {
        const block = Buffer.from(Array.from({ length: 200 }, () => row(++count)).join(''));
        const startedAt = performance.now();
        const stream = client.query(copyFrom('copy bench_copy from stdin'));
        stream.end(block);
        await once(stream, 'finish');
        copying += performance.now() - startedAt;
      }
      found[name] = count / (copying / 1000);
      await client.query('drop table bench_copy');
    }
    return found;
  } finally {
    await client.end();
  }
}
