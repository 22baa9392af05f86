import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import type { Database } from './database';
import { failpoint } from './failpoint';

/** A migration class: plain SQL in `up`; its name ends with 13 digits (milliseconds) by which all migrations of the house are ordered. */
export type Migration = new () => MigrationInterface;

/** The database role of one service. `schema` is the one it owns the rows of; without it the role only reads views. */
export interface ServiceRole {
  readonly name: string;
  readonly schema?: string;
  /** Tables of its own schema that it only reads: they are written by functions of their owner. */
  readonly readOnly?: readonly string[];
  /** All that it may read of other schemas, as `schema.view`; without this every view named `read_*`. */
  readonly views?: readonly string[];
  /** Settings with which each of its sessions begins. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly password: string;
}

/** The key of the advisory lock under which one process at a time migrates this database. */
const migrationLock = 7_468_726_561;

/**
 * Brings the database up to date: runs what has not run (each migration in a transaction of its own), then makes or repairs the roles and exactly their rights:
 * all rows of the own schema (of `readOnly` tables only reading), and of every other schema the views named `read_*`. A role with a schema may also call the functions
 * that run as their owner (`security definer`), which are made for others. One process at a time does this, the others wait.
 * Gives the names of the migrations that ran. The owner of `url` needs CREATEROLE, not superuser.
 */
export async function migrate(options: {
  url: string;
  migrations: readonly Migration[];
  roles: readonly ServiceRole[];
  log?: (line: string) => void;
}): Promise<string[]> {
  const client = new Client({ connectionString: options.url, application_name: 'throughline-migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query('create schema if not exists migration');
    const ran = await runPending(options.url, options.migrations, options.log);
    await client.query('create or replace view migration.read_migration as select name from migration.migration');
    for (const role of options.roles) await ensureRole(client, role);
    for (const role of options.roles) await grant(client, role, options.roles);
    return ran;
  } finally {
    // Closing the session also gives the lock back.
    await client.end();
  }
}

/** Whether every migration that this service was built with has run. For readiness: a service checks, it never migrates. */
export async function migrationsCurrent(database: Database, migrations: readonly Migration[]): Promise<boolean> {
  const names = migrations.map(nameOf);
  const [missing] = await database.query<{ count: number }>(
    'select count(*)::int as count from unnest($1::text[]) as wanted(name) where not exists (select from migration.read_migration r where r.name = wanted.name)',
    [names],
  );
  return missing?.count === 0;
}

function nameOf(migration: Migration): string {
  return new migration().name ?? migration.name;
}

async function runPending(url: string, migrations: readonly Migration[], log: ((line: string) => void) | undefined): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    applicationName: 'throughline-migrate',
    poolSize: 2,
    schema: 'migration',
    synchronize: false,
    logging: false,
    migrations: migrations.map(crashable),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    // A migration waits for a lock three seconds at most: longer, and everybody queues behind it.
    extra: { lock_timeout: 3_000 },
  });
  await dataSource.initialize();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const ran = await dataSource.runMigrations();
        for (const { name } of ran) log?.(`migrated ${name}`);
        return ran.map(({ name }) => name);
      } catch (error) {
        if ((error as { code?: unknown }).code !== '55P03' || attempt === 20) throw error;
        log?.('a table is in use, the migration tries again');
      }
    }
  } finally {
    await dataSource.destroy();
  }
}

/** The same migration with a crash point between its work and its commit. */
function crashable(migration: Migration): Migration {
  const name = nameOf(migration);
  return class extends migration {
    override name = name;
    override async up(...args: Parameters<MigrationInterface['up']>): Promise<void> {
      await super.up(...args);
      failpoint('mid-migration');
    }
  };
}

async function ensureRole(client: Client, role: ServiceRole): Promise<void> {
  const name = escapeIdentifier(role.name);
  const found = await client.query<{ rolsuper: boolean }>('select rolsuper from pg_roles where rolname = $1', [role.name]);
  if (found.rows[0]?.rolsuper) throw new Error(`The role ${role.name} is a superuser. A service may not be one: rename or drop that role.`);
  if (found.rows.length === 0) await client.query(`create role ${name} login nosuperuser nocreatedb nocreaterole noinherit`);
  await client.query(`alter role ${name} login password ${escapeLiteral(role.password)}`);
  for (const [setting, value] of Object.entries(role.settings ?? {}))
    await client.query(`alter role ${name} set ${escapeIdentifier(setting)} to ${escapeLiteral(value)}`);
}

async function grant(client: Client, role: ServiceRole, roles: readonly ServiceRole[]): Promise<void> {
  const name = escapeIdentifier(role.name);
  const schemas = [...new Set(roles.flatMap((other) => (other.schema ? [other.schema] : [])))].sort();
  const existing = await client.query<{ nspname: string }>('select nspname from pg_namespace where nspname = any($1)', [schemas]);
  for (const { nspname } of existing.rows) {
    const schema = escapeIdentifier(nspname);
    await client.query(`revoke all on all tables in schema ${schema} from ${name}`);
    await client.query(`revoke all on all functions in schema ${schema} from ${name}`);
    await client.query(`grant usage on schema ${schema} to ${name}`);
    if (role.schema !== undefined) await grantFunctions(client, nspname, role.name);
    if (nspname === role.schema) {
      await client.query(`grant select, insert, update, delete, truncate on all tables in schema ${schema} to ${name}`);
      await client.query(`grant usage on all sequences in schema ${schema} to ${name}`);
      for (const table of role.readOnly ?? []) {
        const found = await client.query('select 1 from pg_tables where schemaname = $1 and tablename = $2', [nspname, table]);
        if (found.rows.length > 0) await client.query(`revoke insert, update, delete, truncate on ${schema}.${escapeIdentifier(table)} from ${name}`);
      }
      continue;
    }
    const views = await client.query<{ viewname: string }>(
      `select viewname from pg_views where schemaname = $1 and viewname like 'read\\_%' order by viewname`,
      [nspname],
    );
    const readable = views.rows.filter(({ viewname }) => !role.views || role.views.includes(`${nspname}.${viewname}`));
    if (readable.length > 0)
      await client.query(`grant select on ${readable.map(({ viewname }) => `${schema}.${escapeIdentifier(viewname)}`).join(', ')} to ${name}`);
  }
  await client.query(`grant usage on schema migration to ${name}`);
  await client.query(`grant select on migration.read_migration to ${name}`);
}

async function grantFunctions(client: Client, schema: string, role: string): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select format('grant execute on function %s to %I', p.oid::regprocedure, $2::text) as statement
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = $1 and p.prosecdef order by 1`,
    [schema, role],
  );
  for (const { statement } of rows) await client.query(statement);
}
