import { defineMessage } from '@throughline/contracts';
import { connect, createServer, type AddressInfo } from 'node:net';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';
import { Database, isTransient, migrate, migrationsCurrent, outboxTable, type Migration } from './index';
import { testDatabase, type TestDatabase } from './testing';

class CreateNotes1763000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema identity');
    await runner.query('create table identity.note (id uuid primary key, body text, tags jsonb, at timestamptz, size bigint)');
    await runner.query('create view identity.read_note as select id, body from identity.note');
    await runner.query(outboxTable('identity'));
  }
  async down(): Promise<void> {
    throw new Error('restore a backup instead');
  }
}
class CreateJourneys1763000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema sessionization');
    await runner.query('create table sessionization.journey (id uuid primary key)');
  }
  async down(): Promise<void> {
    throw new Error('restore a backup instead');
  }
}
const migrations: Migration[] = [CreateNotes1763000000001, CreateJourneys1763000000002];
const noteWritten = defineMessage({ name: 'note.written', version: 1, owner: 'identity', payload: z.object({ ids: z.array(z.uuid()) }), example: { ids: [] } });
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

let test: TestDatabase;
let identity: Database;

beforeAll(async () => {
  test = await testDatabase({ migrations });
  identity = await test.open('identity');
});
afterAll(() => test.drop());
beforeEach(() => identity.execute('truncate identity.note, identity.outbox'));

/** How many rows it gave or changed. */
async function asOwner(statement: string): Promise<number> {
  const client = new Client({ connectionString: test.url });
  await client.connect();
  const { rowCount } = await client.query(statement);
  await client.end();
  return rowCount ?? 0;
}

describe('a transaction', () => {
  it('stores by COPY what a customer may have typed: tabs, line ends, backslashes, quotes and emoji', async () => {
    const bodies = ['tab\there', 'line\nend\r\n', 'back\\slash \\N \\.', `quote ' and "`, '😀 ünï', '', null];
    await identity.inTransaction((tx) =>
      tx.copyInto(
        'identity.note',
        ['id', 'body', 'tags', 'at', 'size'],
        bodies.map((body, n) => [id(n), body, JSON.stringify({ body }), new Date(n), BigInt(n)]),
      ),
    );
    const rows = await identity.query<{ body: string | null; tags: { body: string | null }; at: Date }>('select body, tags, at from identity.note order by id');
    expect(rows.map(({ body }) => body)).toEqual(bodies);
    expect(rows.map(({ tags }) => tags.body)).toEqual(bodies);
    expect(rows[3]!.at).toEqual(new Date(3));
  });

  it('undoes a COPY whose rows throw half-way, and the connection goes on working', async () => {
    function* rows(): Generator<[string, string]> {
      yield [id(1), 'first'];
      throw new Error('no more rows');
    }
    await expect(identity.inTransaction((tx) => tx.copyInto('identity.note', ['id', 'body'], rows()))).rejects.toThrow('no more rows');
    expect(await identity.query('select 1 from identity.note')).toEqual([]);
  });

  it('inserts many rows by one statement and says what was new', async () => {
    const insert = (ids: string[]) =>
      identity.inTransaction((tx) =>
        tx.insertMany<{ id: string }>(
          'identity.note',
          {
            id: { type: 'uuid', values: ids },
            body: { type: 'text', values: ids.map((one) => `"{${one},}"\\`) },
            tags: { type: 'jsonb', values: ids.map(() => '{"a":"\\"{}"}') },
          },
          'on conflict do nothing returning id',
        ),
      );
    expect((await insert([id(1), id(2)])).count).toBe(2);
    expect((await insert([id(2), id(3)])).rows).toEqual([{ id: id(3) }]);
    expect((await identity.query<{ body: string }>('select body from identity.note where id = $1', [id(3)]))[0]!.body).toBe(`"{${id(3)},}"\\`);
  });

  it('writes its messages to the outbox with the commit, and tells the relay only then', async () => {
    const told: string[] = [];
    identity.onPublished((rows) => told.push(...rows.map((row) => row.subject)));
    await expect(
      identity.inTransaction(async (tx) => {
        await tx.publish(noteWritten, { ids: [id(1)] });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(told).toEqual([]);
    await identity.inTransaction((tx) => tx.publish(noteWritten, { ids: [id(1)] }));
    expect(told).toEqual(['tl.note.written']);
    expect(await identity.query('select subject, payload from identity.outbox')).toEqual([{ subject: 'tl.note.written', payload: { ids: [id(1)] } }]);
  });

  it('never takes a rolled-back transaction for a commit when an error in it was swallowed', async () => {
    const swallowing = identity.inTransaction(async (tx) => {
      await tx.execute('insert into identity.note (id) values ($1)', [id(1)]);
      await tx.query('select 1 / 0').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('swallowed');
  });

  it('runs again after a deadlock, on both sides', async () => {
    await identity.execute('insert into identity.note (id, size) values ($1, 0), ($2, 0)', [id(1), id(2)]);
    const touch = (first: string, second: string) =>
      identity.inTransaction(async (tx) => {
        await tx.execute('update identity.note set size = size + 1 where id = $1', [first]);
        await tx.query('select pg_sleep(0.05)');
        await tx.execute('update identity.note set size = size + 1 where id = $1', [second]);
      });
    await Promise.all([touch(id(1), id(2)), touch(id(2), id(1))]);
    expect(await identity.query('select size::int from identity.note')).toEqual([{ size: 2 }, { size: 2 }]);
  });
});

describe('the pool', () => {
  it('survives the termination of all its connections, idle and in use, without a restart of the process', async () => {
    const errors: Error[] = [];
    const database = await test.open('identity', { applicationName: 'victim', onConnectionError: (error) => errors.push(error) });
    await Promise.all([1, 2, 3].map(() => database.query('select pg_sleep(0.01)')));
    const interrupted = database.inTransaction((tx) => tx.query('select pg_sleep(10)')).catch((error: unknown) => error);
    const begun = `select 1 from pg_stat_activity where application_name = 'victim' and state = 'active' and query like '%pg_sleep(10)%'`;
    for (const deadline = Date.now() + 8_000; (await asOwner(begun)) === 0;) if (Date.now() > deadline) throw new Error('it has not begun');
    await asOwner(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'`);
    expect(isTransient(await interrupted)).toBe(true);
    const recovered = async (): Promise<void> => {
      for (let attempt = 0; ; attempt += 1) {
        try {
          await database.query('select 1');
          return;
        } catch (error) {
          if (!isTransient(error) || attempt === 10) throw error;
        }
      }
    };
    await Promise.all([1, 2, 3, 4].map(recovered));
    expect(errors.length).toBeGreaterThan(0);
  });

  it('survives a connection that the server ends with the very bytes that complete it', async () => {
    const readyForQuery = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
    const words = Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');
    const fatal = Buffer.concat([Buffer.from('E'), Buffer.alloc(4), words]);
    fatal.writeUInt32BE(words.length + 4, 1);
    let isArmed = false;
    const target = new URL(test.urlFor('identity'));
    const proxy = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      near.on('data', (bytes) => far.write(bytes));
      far.on('data', (bytes) => {
        if (!isArmed || bytes.indexOf(readyForQuery) < 0) return void near.write(bytes);
        isArmed = false;
        near.end(Buffer.concat([bytes, fatal]));
      });
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const)
        one.on('error', () => other.destroy()).on('close', () => other.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const through = new URL(target);
    through.port = String((proxy.address() as AddressInfo).port);
    const seen: string[] = [];
    const database = await Database.open({
      url: through.href,
      applicationName: 'proxied',
      schema: 'identity',
      onConnectionError: (error) => seen.push(error.message),
    });
    await database.query('select 1');
    isArmed = true;
    const busy = database.query('select pg_sleep(0.2)');
    const error: unknown = await database.query('select 1').catch((thrown: unknown) => thrown);
    expect(isTransient(error)).toBe(true);
    expect(seen.join()).toMatch(/administrator command/);
    await busy;
    expect(await database.query('select 2 as two')).toEqual([{ two: 2 }]);
    await database.close();
    proxy.close();
  });

  it('fails as transient when no connection is to be had in time, and says how long work waits', async () => {
    const database = await test.open('identity', { poolSize: 1, poolWaitTimeoutMs: 200 });
    const long = database.query('select pg_sleep(0.4)');
    const error: unknown = await database.query('select 1').catch((thrown: unknown) => thrown);
    expect(isTransient(error)).toBe(true);
    await long;
    const second = database.query('select pg_sleep(0.1)');
    await database.query('select 1');
    await second;
    expect(database.poolState().maxWaitMs).toBeGreaterThan(50);
  });

  it('calls a read-only database transient', async () => {
    const database = await test.open('identity', { poolSize: 1 });
    await database.query('set default_transaction_read_only = on');
    const error: unknown = await database.execute('insert into identity.note (id) values ($1)', [id(9)]).catch((thrown: unknown) => thrown);
    expect(isTransient(error)).toBe(true);
  });

  it('calls a duplicate key and a NUL character what they are: not transient', async () => {
    await identity.execute('insert into identity.note (id) values ($1)', [id(1)]);
    for (const values of [
      [id(1), ''],
      [id(2), 'a\u0000b'],
    ]) {
      const error: unknown = await identity.execute('insert into identity.note (id, body) values ($1, $2)', values).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(isTransient(error)).toBe(false);
    }
  });
});

describe('the rights of a service', () => {
  it('end at its own tables and at the read views of the others', async () => {
    const sessionization = await test.open('sessionization');
    await sessionization.execute('insert into sessionization.journey (id) values ($1)', [id(1)]);
    expect(await sessionization.query('select * from identity.read_note')).toEqual([]);
    for (const statement of [
      'insert into identity.note (id) values (gen_random_uuid())',
      'select * from identity.note',
      'delete from identity.outbox',
      'create table identity.mine (id int)',
      'create table sessionization.mine (id int)',
    ]) {
      await expect(sessionization.execute(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('are refused when they are too many: no service runs as superuser', async () => {
    await expect(Database.open({ url: test.url, applicationName: 'root', schema: 'identity', requireLeastPrivilege: true })).rejects.toThrow(
      'may do more than this service needs',
    );
    const lawful = await test.open('identity', { requireLeastPrivilege: true });
    expect(await lawful.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('migrating', () => {
  it('runs once however many processes start it together', async () => {
    const fresh = await testDatabase({ migrations: [] });
    const roles = [{ name: 'tl_identity', schema: 'identity', password: 'only-for-tests' }];
    const ran = await Promise.all([1, 2, 3].map(() => migrate({ url: fresh.url, migrations, roles })));
    expect(ran.flat().sort()).toEqual(['CreateJourneys1763000000002', 'CreateNotes1763000000001']);
    await fresh.drop();
  });

  it('tells a service whether its own migrations have run', async () => {
    class AddColour1763000000003 extends CreateJourneys1763000000002 {}
    expect(await migrationsCurrent(identity, migrations)).toBe(true);
    expect(await migrationsCurrent(identity, [...migrations, AddColour1763000000003])).toBe(false);
  });

  it('works for an owner that may create roles but is no superuser', async () => {
    await asOwner(`drop role if exists modest`);
    await asOwner(`create role modest login createrole password 'modest'`);
    const database = `modest_${Date.now()}`;
    await asOwner(`create database ${database} owner modest`);
    const url = new URL(test.url);
    url.username = 'modest';
    url.password = 'modest';
    url.pathname = `/${database}`;
    const roles = [{ name: 'tl_modest', schema: 'identity', password: 'first' }];
    await migrate({ url: url.href, migrations, roles });
    await migrate({ url: url.href, migrations, roles: [{ ...roles[0]!, password: 'second' }] });
    url.username = 'tl_modest';
    url.password = 'second';
    const service = await Database.open({ url: url.href, applicationName: 'modest', schema: 'identity', requireLeastPrivilege: true });
    expect(await service.query('select * from identity.note')).toEqual([]);
    await service.close();
    await asOwner(`drop database ${database} with (force)`);
    await asOwner('drop role tl_modest');
    await asOwner('drop role modest');
  });
});
