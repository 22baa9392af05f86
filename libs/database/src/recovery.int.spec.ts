import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { freePort, start, type PostgresServer } from '../../../tools/start/postgres.mjs';
import { Database, isTransient, Lease, leaseTable } from './index';
import { stopAfterThisProcess, testDatabase, type TestDatabase } from './testing';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (holds: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  for (const deadline = Date.now() + 20_000; !(await holds()); await pause(20)) if (Date.now() > deadline) throw new Error(`never came: ${what}`);
};

describe('a Postgres that is killed', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'throughline-test-recovery-'));
  let server: PostgresServer;
  const run = async (port: number): Promise<void> => {
    server = await start({ dir, port });
    stopAfterThisProcess(server.pid, dir);
  };
  beforeAll(async () => run(await freePort()));
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('loses no commit, and the service goes on with the same process when it is back', async () => {
    const database = await Database.open({ url: server.url, applicationName: 'survivor', schema: 'public', poolSize: 4 });
    await database.execute('create table note (n int primary key)');
    const committed: number[] = [];
    const strange: unknown[] = [];
    let running = true;
    let next = 0;
    const writer = async (): Promise<void> => {
      while (running) {
        const n = (next += 1);
        try {
          await database.inTransaction((tx) => tx.execute('insert into note (n) values ($1)', [n]));
          committed.push(n);
        } catch (error) {
          if (!isTransient(error)) strange.push(error);
          await pause(20);
        }
      }
    };
    const writers = [1, 2, 3].map(writer);
    await until(() => committed.length > 10, 'some commits');
    const before = committed.length;
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    await run(server.port);
    await until(() => committed.length > before + 10, 'commits after the kill').finally(() => (running = false));
    await Promise.all(writers);
    expect(strange).toEqual([]);
    const rows = await database.query<{ n: number }>('select n from note');
    const stored = new Set(rows.map(({ n }) => n));
    expect(committed.filter((n) => !stored.has(n))).toEqual([]);
    await database.close();
  });

  it('is started over while it still runs: the one left by a killed process is stopped first, and its data stays', async () => {
    const left = server;
    await run(server.port);
    expect(await left.exited).toEqual({ code: 0, signal: null });
    const client = new Client({ connectionString: server.url });
    await client.connect();
    expect((await client.query('select count(*)::int > 0 as kept from note')).rows).toEqual([{ kept: true }]);
    await client.end();
  });
});

describe('a lease', () => {
  class CreateLease1763000000001 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('create schema identity');
      await runner.query(leaseTable('identity'));
    }
    async down(): Promise<void> {
      throw new Error('restore a backup instead');
    }
  }
  let test: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    test = await testDatabase({ migrations: [CreateLease1763000000001] });
    database = await test.open('identity');
  });
  afterAll(() => test.drop());
  const leaseOf = (holder: string, ttlMs = 2_000): Lease => new Lease(database, { name: `worker-${expect.getState().currentTestName}`, holder, ttlMs });

  it('is held by one of many that ask together', async () => {
    const leases = Array.from({ length: 8 }, (_, n) => leaseOf(String(n)));
    const got = await Promise.all(leases.map((lease) => lease.acquire()));
    expect(got.filter(Boolean)).toHaveLength(1);
    expect(leases.filter((lease) => lease.isHeld())).toHaveLength(1);
  });

  it('stays with the holder that renews it, and goes to the next when it ends or is given back', async () => {
    const [first, second] = [leaseOf('first'), leaseOf('second')];
    expect(await first.acquire()).toBe(true);
    await pause(1_100);
    expect(await first.acquire()).toBe(true);
    // More than its time since the first, less since the second: the machine may lose most of a second here.
    await pause(1_000);
    expect(await second.acquire()).toBe(false);
    expect(first.isHeld()).toBe(true);
    await until(() => second.acquire(), 'the end of its time');
    expect(first.isHeld()).toBe(false);
    expect(await first.acquire()).toBe(false);
    await second.release();
    expect(await first.acquire()).toBe(true);
  });
});
