import { createHash } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import { auditHash } from './audit-hash';
import { lockAudit, recordAudit, recordChange } from './audit-chain';
import type { Database } from './database';
import { auditedIn, auditMigrations, breakAudit, noteOf, testDatabase, type TestDatabase } from './testing';

/** A table of two services each, to have something that changes. */
class CreateThings1763700000001 {
  async up(runner: QueryRunner): Promise<void> {
    for (const schema of ['identity', 'feedback']) await runner.query(`create schema ${schema}; create table ${schema}.thing (id text primary key)`);
  }

  async down(): Promise<void> {
    throw new Error('a test database is dropped');
  }
}

const password = 'only-for-tests';
let test: TestDatabase;
let identity: Database;
let feedback: Database;
let reader: Database;
beforeAll(async () => {
  test = await testDatabase({
    migrations: [...auditMigrations, CreateThings1763700000001],
    roles: [
      { name: 'tl_identity', schema: 'identity', password },
      { name: 'tl_feedback', schema: 'feedback', password },
      { name: 'tl_admin_api', schema: 'admin_api', readOnly: ['audit_entry', 'audit_head'], password },
      { name: 'tl_rules', password },
    ],
  });
  [identity, feedback, reader] = (await Promise.all(['identity', 'feedback', 'tl_rules'].map((name) => test.open(name)))) as [Database, Database, Database];
}, 60_000);
afterAll(() => test?.drop());

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

const change = (database: Database, id: string, note = noteOf('thing.made', `thing:${id}`)): Promise<void> =>
  database.inTransaction(async (tx) => {
    await tx.execute(`insert into ${database.schema}.thing values ($1)`, [id]);
    await recordChange(tx, note, 'made', { after: { id } });
  });

const things = async (database: Database): Promise<string[]> =>
  (await database.query<{ id: string }>(`select id from ${database.schema}.thing order by id`)).map(({ id }) => id);

/** Walks the chain as the audit's reader does; throws where it is broken. Gives the number of entries. */
async function walk(): Promise<number> {
  const owner = await test.open('admin_api');
  const rows = await owner.query<Record<string, never>>('select *, details::text as words from admin_api.audit_entry order by place');
  let previous: Buffer = Buffer.alloc(32);
  for (const [index, row] of rows.entries()) {
    const { actor_kind: actorKind, actor_id: actorId, actor_name: actorName, action, target, words: details, address, session_id: sessionId } = row;
    const at = (row['at'] as unknown as Date).getTime();
    const hash = auditHash(previous, {
      ...{ place: index + 1, at, actorKind: actorKind!, actorId: actorId!, actorName: actorName!, action: action!, target: target! },
      ...{ details: details!, address: address!, sessionId: sessionId!, traceId: row['trace_id']! },
    });
    expect([Number(row['place']), row['previous'], row['hash']]).toEqual([index + 1, previous, hash]);
    previous = hash;
  }
  const [head] = await owner.query<{ place: string; hash: Buffer }>('select place, hash from admin_api.audit_head');
  expect([Number(head!.place), head!.hash]).toEqual([rows.length, previous]);
  return rows.length;
}

describe('the audit of all services', () => {
  it('has the entry of a change, with who asked, what was asked for, what the owner knows and how it went', async () => {
    await change(identity, 'first');
    expect(await auditedIn(test)).toEqual([{ action: 'thing.made', target: 'thing:first', details: { asked: true, after: { id: 'first' }, outcome: 'made' } }]);
    expect(await things(identity)).toEqual(['first']);
  });

  it('holds nothing of a change that fails after its entry, and keeps no change whose entry fails', async () => {
    const before = await walk();
    const work = identity.inTransaction(async (tx) => {
      await recordChange(tx, noteOf('thing.made'), 'made');
      await tx.execute("insert into identity.thing values ('first')");
    });
    expect(await codeOf(work)).toBe('23505');
    expect(await walk()).toBe(before);
    const broken = await breakAudit(test);
    expect(await codeOf(change(identity, 'lost'))).toBe('23514');
    await broken.mend();
    expect(await things(identity)).toEqual(['first']);
    expect(await walk()).toBe(before);
  });

  it('stays a chain while several services add to it at once, each behind its own locks', async () => {
    const before = await walk();
    const many = Array.from({ length: 40 }, (_, index) => change(index % 2 ? identity : feedback, `crowd ${String(index).padStart(2, '0')}`));
    await Promise.all(many);
    expect(await walk()).toBe(before + 40);
    expect(await things(feedback)).toHaveLength(20);
  });

  it('takes from a service nothing but an entry that follows the end', async () => {
    const before = await walk();
    for (const statement of [
      'select * from admin_api.audit_entry',
      'select * from admin_api.audit_head',
      'insert into admin_api.audit_entry select * from admin_api.audit_entry',
      "insert into admin_api.audit_head values (2, 0, '')",
      'update admin_api.audit_head set place = 0',
      'delete from admin_api.audit_entry',
      'create function admin_api.other() returns void language sql as $$ select 1 $$',
      'alter function admin_api.audit_lock() security invoker',
    ])
      expect([statement, await codeOf(identity.execute(statement))]).toEqual([statement, '42501']);
    const append = (shift: number, forged: 'previous' | 'hash' | null): Promise<string> =>
      codeOf(
        identity.inTransaction(async (tx) => {
          const { place, hash } = await lockAudit(tx);
          const own = createHash('sha256').update('any').digest();
          const values = [place + shift, 'x', 'x:1', '{}', forged === 'previous' ? own : hash, forged === 'hash' ? Buffer.alloc(3) : own];
          await tx.execute(`select admin_api.audit_append($1, now(), 'person', null, 'Eve', $2, $3, $4, null, null, null, $5, $6)`, values);
        }),
      );
    expect(await Promise.all([append(0, null), append(2, null), append(-1, null), append(1, 'previous'), append(1, 'hash')])).toEqual(Array(5).fill('23514'));
    expect(await walk()).toBe(before);
  });

  it('is closed to a role that owns nothing', async () => {
    expect(await codeOf(reader.inTransaction((tx) => recordAudit(tx, noteOf('x').actor, { action: 'x', target: 'x:1' })))).toBe('42501');
    expect(await codeOf(reader.execute("select admin_api.audit_append(1, now(), '', null, '', '', '', '{}', null, null, null, '', '')"))).toBe('42501');
  });
});
