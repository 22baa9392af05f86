import pg from 'pg';
import { UsageError } from './usage-error';

/** Runs `use` on one connection to the installation's database. */
export async function withDatabase<Result>(url: string | undefined, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  if (!url) throw new UsageError('This needs the database itself: set THROUGHLINE_DATABASE_URL to its address.');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw new UsageError(`The database does not answer: is Throughline running? (\`npx throughline doctor\`)`, { cause });
  }
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
