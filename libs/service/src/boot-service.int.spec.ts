import { Controller, Get, HttpCode, Inject, Injectable, Module, Post, Body } from '@nestjs/common';
import { customerChanged, defineCommand, type CustomerChanged } from '@throughline/contracts';
import { currentTrace, Database, outboxTable, type Migration } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { CommandClient, mergeIds, type Received } from '@throughline/messaging';
import { testNats, type TestNats } from '@throughline/messaging/testing';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';
import {
  bootService,
  commands,
  consumers,
  Log,
  Problem,
  serviceSettings,
  SETTINGS,
  sweeps,
  type CommandHandler,
  type Consumer,
  type RunningService,
  type ServiceSettings,
  type Sweep,
} from './index';

class CreateSeen1763000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema identity');
    await runner.query('create table identity.seen (id uuid primary key, trace text)');
    await runner.query(outboxTable('identity'));
  }
  async down(): Promise<void> {
    throw new Error('restore a backup instead');
  }
}
const migrations: Migration[] = [CreateSeen1763000000001];
const greet = defineCommand({
  name: 'identity.greet',
  request: z.object({ name: z.string().min(2) }),
  reply: z.object({ words: z.string() }),
  example: { name: 'Dana' },
});
const id = '00000000-0000-4000-8000-000000000001';

@Injectable()
class OnCustomerChanged implements Consumer<CustomerChanged> {
  readonly message = customerChanged;
  readonly durable = 'identity--customer-changed';
  constructor(private readonly database: Database) {}
  async handle(batch: readonly Received<CustomerChanged>[]): Promise<void> {
    const ids = mergeIds(batch, ({ customerIds }) => customerIds);
    await this.database.execute('insert into identity.seen (id, trace) select unnest($1::uuid[]), $2 on conflict do nothing', [ids, currentTrace()?.traceId]);
  }
}

@Injectable()
class Greet implements CommandHandler<{ name: string }, { words: string }> {
  readonly command = greet;
  constructor(@Inject(SETTINGS) private readonly settings: ServiceSettings) {}
  async answer({ name }: { name: string }): Promise<{ words: string }> {
    await Promise.resolve();
    if (name === 'Nobody') throw new Error(`no ${this.settings.NODE_ENV} here`);
    return { words: `Hello ${name}` };
  }
}

@Injectable()
class CountSweep implements Sweep {
  static runs = 0;
  readonly name = 'count';
  readonly everyMs = 50;
  async run(): Promise<void> {
    await Promise.resolve();
    CountSweep.runs += 1;
  }
}

@Controller('v1')
class ThingsController {
  static slow: Promise<void> = Promise.resolve();
  static slowBegun = 0;
  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}
  @Post('customers')
  @HttpCode(202)
  async accept(@Body() body: { ids: string[] }): Promise<object> {
    await this.database.inTransaction((tx) => tx.publish(customerChanged, { customerIds: body.ids }));
    this.log.info({ ids: body.ids.length }, 'accepted');
    return { accepted: body.ids.length };
  }
  @Get('slow')
  async slow(): Promise<object> {
    ThingsController.slowBegun += 1;
    await ThingsController.slow;
    return { done: true };
  }
  @Get('bug')
  bug(): never {
    throw new Error('secret of a customer');
  }
  @Get('away')
  away(): never {
    throw Object.assign(new Error('down'), { code: '57P01', severity: 'FATAL' });
  }
  @Get('no')
  no(): never {
    throw new Problem(409, 'That plan is open already', 'Close it first.');
  }
}

@Module({ controllers: [ThingsController], providers: [...consumers(OnCustomerChanged), ...commands(Greet), ...sweeps(CountSweep)] })
class ThingsModule {}

let test: TestDatabase;
let nats: TestNats;
let service: RunningService;
const logFile = path.join(mkdtempSync(path.join(tmpdir(), 'throughline-test-log-')), 'identity.log');
const logged = (): Record<string, unknown>[] =>
  readFileSync(logFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const url = (of: string): string => `http://127.0.0.1:${service.httpPort}${of}`;
const health = (of: string): Promise<Response> => fetch(`http://127.0.0.1:${service.healthPort}${of}`);

async function until(met: () => Promise<boolean>, what: string): Promise<void> {
  for (const startedAt = Date.now(); !(await met()); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() - startedAt > 30_000) throw new Error(`never came: ${what}`);
}

async function boot(): Promise<RunningService> {
  const settings = serviceSettings.parse({ DATABASE_URL: test.urlFor('identity'), NATS_URL: nats.url, LOG_FILE: logFile, NODE_ENV: 'test' });
  return bootService({ name: 'identity', schema: 'identity', settings, migrations, module: ThingsModule, http: { port: 0, bodyLimit: 1_000 } });
}

beforeAll(async () => {
  [test, nats] = await Promise.all([testDatabase({ migrations }), testNats()]);
  service = await boot();
  await until(async () => (await health('/ready')).ok, 'ready');
});
afterAll(async () => {
  await service?.stop();
  await nats?.stop();
  await test?.drop();
  rmSync(path.dirname(logFile), { recursive: true, force: true });
});

const seen = async (): Promise<{ id: string; trace: string }[]> => service.app.get(Database).query('select id, trace from identity.seen');

it('carries one trace from the request over outbox and broker to the consumer, and into the log of each', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const response = await fetch(url('/v1/customers'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    body: JSON.stringify({ ids: [id] }),
  });
  expect(response.status).toBe(202);
  await until(async () => (await seen()).length === 1, 'the consumer saw it');
  expect(await seen()).toEqual([{ id, trace: traceId }]);
  await until(async () => (await service.app.get(Database).query('select 1 from identity.outbox')).length === 0, 'the outbox is empty');
  const said = (): unknown[] =>
    logged()
      .filter((line) => line['traceId'] === traceId)
      .map((line) => line['msg']);
  await until(async () => Promise.resolve(said().length > 1), 'the consumer has said so');
  expect(said()).toEqual(['accepted', 'batch handled']);
});

it('answers commands, refuses what its schema does not know, and gives an error as a value without its words', async () => {
  const client = service.app.get(CommandClient);
  expect(await client.ask(greet, { name: 'Dana' })).toEqual({ kind: 'answered', reply: { words: 'Hello Dana' } });
  expect(await client.ask(greet, { name: 'D' })).toMatchObject({ kind: 'invalid' });
  expect(await client.ask(greet, { name: 'Nobody' })).toEqual({ kind: 'unavailable', message: 'identity failed to do this; its log says why' });
  const unknown = defineCommand({ name: 'scoring.rate', request: z.object({}), reply: z.object({}), example: {} });
  expect(await client.ask(unknown, {})).toEqual({ kind: 'unavailable', message: 'scoring is not running' });
});

it('runs its sweeps', () => until(async () => Promise.resolve(CountSweep.runs > 1), 'two runs'));

it.each([
  ['/v1/no', {}, 409, { title: 'That plan is open already', detail: 'Close it first.' }],
  ['/v1/nowhere', {}, 404, {}],
  ['/v1/bug', {}, 500, { title: 'Something went wrong on our side' }],
  ['/v1/away', {}, 503, { title: 'Not available at the moment' }],
  [
    '/v1/customers',
    { method: 'POST', body: '{"ids":', headers: { 'content-type': 'application/json' } },
    400,
    { title: "Body is not valid JSON but content-type is set to 'application/json'" },
  ],
  [
    '/v1/customers',
    { method: 'POST', body: JSON.stringify({ ids: 'x'.repeat(2_000) }), headers: { 'content-type': 'application/json' } },
    413,
    { title: 'Request body is too large' },
  ],
])('answers %s with problem details and no stack', async (of, init, status, details) => {
  const response = await fetch(url(of), init);
  const text = await response.text();
  expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({ status, type: 'application/problem+json' });
  expect(JSON.parse(text)).toMatchObject({ status, ...details });
  expect(text).not.toMatch(/secret|at .*\.ts|"stack"/);
  if (status === 503) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
});

it('tells the truth at its health pages when the broker goes and comes', async () => {
  expect((await health('/live')).status).toBe(200);
  await nats.kill();
  await until(async () => (await health('/ready')).status === 503, 'not ready');
  expect((await health('/live')).status).toBe(200);
  const accepted = await fetch(url('/v1/customers'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids: ['00000000-0000-4000-8000-000000000002'] }),
  });
  expect(accepted.status).toBe(202);
  await nats.restart({ wiped: true });
  await until(async () => (await health('/ready')).ok, 'ready again');
  await until(async () => (await seen()).length === 2, 'what was accepted meanwhile has arrived');
  expect(await (await health('/metrics')).text()).toMatch(/tl_outbox_oldest_seconds\{service="identity"\} \d/);
}, 90_000);

it('drains: finishes the request that runs, takes no new one, and ends with the database closed', async () => {
  let release: () => void = () => undefined;
  ThingsController.slow = new Promise((resolve) => (release = resolve));
  const running = fetch(url('/v1/slow'));
  await until(async () => Promise.resolve(ThingsController.slowBegun === 1), 'the request has begun');
  const stopped = service.stop();
  await until(async () => health('/ready').then((response) => response.status === 503), 'not ready');
  release();
  expect(await (await running).json()).toEqual({ done: true });
  await stopped;
  await expect(fetch(url('/v1/slow'))).rejects.toThrow();
  await expect(service.app.get(Database).query('select 1')).rejects.toThrow();
  expect(logged().at(-1)!['msg']).toBe('stopped');
  expect(logged().filter((line) => line['level'] === 'error' && line['step'])).toEqual([]);
  expect(readFileSync(logFile, 'utf8')).not.toContain(id);
  service = await boot();
});
