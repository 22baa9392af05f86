import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AuditNote } from '@throughline/contracts';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { freePort, start } from '../../../tools/start/postgres.mjs';
import { auditFunctions, auditTables } from './audit-chain';
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

/** The audit as admin-api makes it, for the tests of services that add to it. */
class CreateAudit1763700000000 {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema admin_api');
    for (const statement of [...auditTables, ...auditFunctions]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('a test database is dropped');
  }
}
export const auditMigrations: readonly Migration[] = [CreateAudit1763700000000];

/** A note as it comes beside a command. */
export const noteOf = (action: string, target = 'test:1'): AuditNote => ({
  actor: { kind: 'person', userId: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c01', name: 'Ada Admin', sessionId: null, address: '127.0.0.1' },
  fact: { action, target, details: { asked: true } },
});

/** The audit as the owner of the database sees it: action, target and details of each entry, oldest first. */
export async function auditedIn({ url }: TestDatabase): Promise<{ action: string; target: string; details: Record<string, unknown> }[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query('select action, target, details from admin_api.audit_entry order by place')).rows;
  } finally {
    await client.end();
  }
}

/** Makes each next entry fail at the very moment in which it would be written, until `mend` is called. */
export async function breakAudit({ url }: TestDatabase): Promise<{ mend(): Promise<void> }> {
  await onServer(url, 'alter table admin_api.audit_entry add constraint broken check (false) not valid');
  return { mend: () => onServer(url, 'alter table admin_api.audit_entry drop constraint broken') };
}

/**
 * Asks an owner for a change three times: while no entry can be written, then in earnest, then again. Gives whether the first left `state` as it was and failed, and the outcomes
 * that stand in the audit after the second and after the third.
 */
export async function askThreeTimes(
  test: TestDatabase,
  state: () => Promise<unknown>,
  change: (note: AuditNote) => Promise<{ readonly kind: string }>,
): Promise<{ first: 'failed, nothing changed' | 'failed, something changed' | 'answered'; second: string[]; third: string[] }> {
  const note = noteOf('test.changed');
  const before = JSON.stringify(await state());
  const broken = await breakAudit(test);
  const failed = await change(note).then(
    () => false,
    () => true,
  );
  await broken.mend();
  const isUnchanged = JSON.stringify(await state()) === before;
  const skip = (await auditedIn(test)).length;
  const since = async (): Promise<string[]> => (await auditedIn(test)).slice(skip).map(({ details }) => String(details['outcome']));
  await change(note);
  const second = await since();
  await change(note);
  return { first: !failed ? 'answered' : isUnchanged ? 'failed, nothing changed' : 'failed, something changed', second, third: await since() };
}

const password = 'only-for-tests';
const houseRoles: readonly ServiceRole[] = [
  { name: 'tl_ingestion', schema: 'ingestion', password },
  { name: 'tl_identity', schema: 'identity', password },
  { name: 'tl_sessionization', schema: 'sessionization', password },
  { name: 'tl_scoring', schema: 'scoring', password },
  { name: 'tl_feedback', schema: 'feedback', password },
  { name: 'tl_admin_api', schema: 'admin_api', readOnly: ['audit_entry', 'audit_head'], password },
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
