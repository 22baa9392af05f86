import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { freePort, start } from '../../../tools/start/postgres.mjs';
import { Database, type DatabaseOptions } from './database';
import { migrate, type Migration, type ServiceRole } from './migrate';

export interface TestDatabase {
  /** As the owner, for assertions and for breaking things. */
  readonly url: string;
  /** As a service: `identity` or `tl_identity`. */
  urlFor(service: string): string;
  /** Opens a `Database` as the role of that schema; `drop` closes it. */
  open(schema: string, options?: Partial<DatabaseOptions>): Promise<Database>;
  /** Closes what was opened and removes the database. */
  drop(): Promise<void>;
}

const password = 'only-for-tests';
const houseRoles: readonly ServiceRole[] = [
  { name: 'tl_ingestion', schema: 'ingestion', password },
  { name: 'tl_identity', schema: 'identity', password },
  { name: 'tl_sessionization', schema: 'sessionization', password },
  { name: 'tl_scoring', schema: 'scoring', password },
  { name: 'tl_feedback', schema: 'feedback', password },
  { name: 'tl_admin_api', schema: 'admin_api', appendOnly: ['audit_entry'], password },
];

/**
 * A fresh database with these migrations and roles on a real Postgres. The server is started once in each test process, on a free port and in a temporary folder,
 * without fsync (a test never pulls the plug), and ends with that process however it ends.
 */
export async function testDatabase(options: { migrations: readonly Migration[]; roles?: readonly ServiceRole[] }): Promise<TestDatabase> {
  const server = new URL(await serverUrl());
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(server.href, `create database ${name}`);
  const owner = new URL(server);
  owner.pathname = `/${name}`;
  const roles = options.roles ?? houseRoles;
  await migrate({ url: owner.href, migrations: options.migrations, roles });
  const opened: Database[] = [];
  const urlFor = (service: string): string => {
    const role = roles.find(
      (candidate) => candidate.name === service || candidate.name === `tl_${service.replaceAll('-', '_')}` || candidate.schema === service,
    );
    if (!role) throw new Error(`no role for ${service}`);
    const url = new URL(owner);
    url.username = role.name;
    url.password = role.password;
    return url.href;
  };
  return {
    url: owner.href,
    urlFor,
    open: async (schema, more) => {
      const database = await Database.open({ url: urlFor(schema), applicationName: `test-${schema}`, schema, poolSize: 4, ...more });
      opened.push(database);
      return database;
    },
    drop: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await onServer(server.href, `drop database if exists ${name} with (force)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Jest gives each test file its own modules: what the files of one process share is kept in a folder named after that process. */
async function serverUrl(): Promise<string> {
  const dir = path.join(tmpdir(), `throughline-test-postgres-${process.pid}`);
  const note = path.join(dir, 'url');
  if (existsSync(note)) return readFileSync(note, 'utf8');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const server = await start({
    dir,
    port: await freePort(),
    settings: { fsync: 'off', full_page_writes: 'off', shared_buffers: '64MB', max_wal_size: '1GB', max_connections: '60' },
  });
  stopAfterThisProcess(server.pid, dir);
  writeFileSync(note, server.url, { mode: 0o600 });
  return server.url;
}

/**
 * A few lines of shell that outlive a crashed test run just long enough to stop the one server it started and remove its folder. It is stopped only while its
 * command line names that folder: its number may belong to another program by then.
 */
export function stopAfterThisProcess(serverPid: number, dir: string): void {
  const script = `
    own() { tr '\\0' ' ' < /proc/${serverPid}/cmdline 2>/dev/null | grep -qF "$0"; }
    while kill -0 ${process.pid} 2>/dev/null; do sleep 0.5; own || exit 0; done
    own && kill -INT ${serverPid}
    for i in 1 2 3 4 5 6 7 8 9 10; do own || break; sleep 0.3; done
    rm -rf "$0"`;
  spawn('sh', ['-c', script, dir], { detached: true, stdio: 'ignore' }).unref();
}
