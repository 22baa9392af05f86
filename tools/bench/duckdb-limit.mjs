// How far the rebuild is from what a column store does with the same rows when it only cuts them into sessions: gaps and islands in DuckDB over a file of (customer, system, session key, start, end).
import { DuckDBInstance } from '@duckdb/node-api';

/** Events a second at which DuckDB cuts the rows of a CSV file with head `customer,stream,starts,ends` (times in ms) into sessions; `gapMs` for all streams alike. */
export async function duckdbSessions(file, gapMs = 30 * 60_000) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    await connection.run(
      `create table event as select * from read_csv('${file.replaceAll("'", "''")}', columns = {'customer': 'varchar', 'stream': 'varchar', 'starts': 'bigint', 'ends': 'bigint'}, header = true)`,
    );
    const [[events]] = await rowsOf(connection, 'select count(*) from event');
    const startedAt = performance.now();
    const [[sessions]] = await rowsOf(
      connection,
      `select count(*) from (
         select distinct customer, stream, session from (
           select customer, stream, sum(cut) over (partition by customer, stream order by starts, ends rows unbounded preceding) as session from (
             select *, case when starts - max(ends) over (partition by customer, stream order by starts, ends rows between unbounded preceding and 1 preceding) <= ${gapMs} then 0 else 1 end as cut
             from event)))`,
    );
    const seconds = (performance.now() - startedAt) / 1000;
    return { events: Number(events), sessions: Number(sessions), eventsPerSecond: Number(events) / seconds };
  } finally {
    connection.closeSync();
  }
}

const rowsOf = async (connection, text) => (await connection.runAndReadAll(text)).getRows();
