import type { Database, Migration } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import type { OutboxRelay } from '@throughline/messaging';
import type { Log, Problem } from '@throughline/service';
import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrations } from '../migrations';
import { BackPressure } from './back-pressure';

jest.mock('node:fs/promises', () => ({ ...jest.requireActual<object>('node:fs/promises'), statfs: jest.fn() }));

/** What the other services show, as far as ingestion looks at it. */
class ShowOtherServices1763999999999 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists identity;
      create schema if not exists sessionization;
      create table identity.customer_event (event_id uuid primary key, revision integer);
      create table identity.failed_event (event_id uuid primary key);
      create table sessionization.journey_head (due_since timestamptz);
      create view identity.read_customer_event as select event_id, revision from identity.customer_event;
      create view identity.read_failed_event as select event_id from identity.failed_event;
      create view sessionization.read_journey_head as select due_since from sessionization.journey_head`);
  }
  async down(): Promise<void> {
    throw new Error('restore a backup instead');
  }
}
const all: Migration[] = [...migrations, ShowOtherServices1763999999999];

let test: TestDatabase;
let database: Database;
let owner: Client;
let outboxSeconds = 0;
const said: string[] = [];
const gib = 2 ** 30;

beforeAll(async () => {
  test = await testDatabase({ migrations: all });
  database = await test.open('ingestion');
  owner = new Client({ connectionString: test.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await test.drop();
});
beforeEach(async () => {
  outboxSeconds = 0;
  said.length = 0;
  room(500 * gib, 1000 * gib);
  await owner.query('truncate ingestion.event, identity.customer_event, identity.failed_event, sessionization.journey_head');
});

const room = (free: number, of: number): void => void jest.mocked(statfs).mockResolvedValue({ bavail: free / 4096, blocks: of / 4096, bsize: 4096 } as never);
const open = (): BackPressure =>
  new BackPressure(
    database,
    { oldestSeconds: async () => outboxSeconds } as OutboxRelay,
    { warn: (_: object, line: string) => said.push(line) } as unknown as Log,
    { SHED_OUTBOX_SECONDS: 60, SHED_BACKLOG_SECONDS: 600, DATA_DIR: '/data' },
  );
async function received(minutesAgo: number): Promise<string> {
  const id = randomUUID();
  await owner.query(`insert into ingestion.event values ($1, 0, 's', now(), now() - $2 * interval '1 minute', '{}')`, [id, minutesAgo]);
  return id;
}
async function refusal(pressure: BackPressure): Promise<string | null> {
  await pressure.look();
  try {
    pressure.check(0);
    return null;
  } catch (error) {
    const { more, detail } = error as Problem;
    expect((error as Problem).getStatus()).toBe(503);
    expect(more.retryAfterSeconds).toBeGreaterThan(0);
    return detail ?? null;
  }
}

describe('new events', () => {
  it('are taken while all is well, a disk that is full but large included', async () => {
    room(50 * gib, 1000 * gib);
    await received(1);
    expect(await refusal(open())).toBeNull();
  });

  it('are refused while a message has waited too long for the broker, and taken again when it has gone', async () => {
    const pressure = open();
    outboxSeconds = 61;
    expect(await refusal(pressure)).toMatch(/broker/);
    outboxSeconds = 3;
    expect(await refusal(pressure)).toBeNull();
    expect(said).toEqual(['new events are refused', 'new events are taken again']);
  });

  it('are refused while the disk is nearly full', async () => {
    room(4 * gib, 100 * gib);
    expect(await refusal(open())).toMatch(/disk/);
  });

  it('are refused while an event has waited too long for its owner, until it has one or is set aside', async () => {
    const pressure = open();
    const [first, second] = [await received(10.5), await received(10.2)];
    expect(await refusal(pressure)).toMatch(/still being worked on/);
    await owner.query('insert into identity.customer_event values ($1, 0)', [first]);
    expect(await refusal(pressure)).toMatch(/still being worked on/);
    await owner.query('insert into identity.failed_event values ($1)', [second]);
    expect(await refusal(pressure)).toBeNull();
  });

  it('are refused while a customer has waited too long for the hierarchy', async () => {
    await owner.query(`insert into sessionization.journey_head values (now() - interval '9 minutes')`);
    expect(await refusal(open())).toBeNull();
    await owner.query(`insert into sessionization.journey_head values (now() - interval '11 minutes')`);
    expect(await refusal(open())).toMatch(/still being worked on/);
  });
});
