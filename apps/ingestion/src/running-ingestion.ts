import type { AcceptResult } from '@throughline/contracts';
import { bootService, type RunningService } from '@throughline/service';
import { auditMigrations, testDatabase, type TestDatabase } from '@throughline/database/testing';
import { hash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { migrations } from '../migrations';
import { configureHttp } from './configure-http';
import { IngestionModule } from './ingestion-module';
import { ingestionSettings } from './settings';

export interface RunningIngestion {
  readonly api: string;
  readonly database: TestDatabase;
  /** As the owner. */
  readonly owner: Client;
  post(path: string, body: string | Buffer | object, headers?: Record<string, string>): Promise<{ status: number; headers: Headers; body: AcceptResult }>;
  get<Body = unknown>(path: string, token?: string): Promise<{ status: number; body: Body }>;
  rows<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  log(): string;
  stop(): Promise<void>;
}

export const writeKey = 'wk_test_0123456789';
export const otherKey = 'wk_other_0123456789';
export const menuKey = 'wk_menus_0123456789';
export const adminToken = 'admin-token-of-the-test';

/** For tests: the whole service against a real Postgres, without a broker. */
export async function runIngestion(more: Record<string, string> = {}): Promise<RunningIngestion> {
  const database = await testDatabase({ migrations: [...auditMigrations, ...migrations] });
  const folder = mkdtempSync(path.join(tmpdir(), 'throughline-ingestion-'));
  const logFile = path.join(folder, 'log');
  const sources = [
    { name: 'first', ratePerSecond: 1_000_000, burst: 1_000_000, writeKeys: [{ prefix: 'wk_test', sha256: hash('sha256', writeKey, 'hex') }] },
    {
      name: 'other',
      ratePerSecond: 1,
      burst: 5,
      answers: 'honest',
      writeKeys: [{ prefix: 'wk_other', sha256: hash('sha256', otherKey, 'hex') }],
    },
    { name: 'menus', menuNodes: ['main'], writeKeys: [{ prefix: 'wk_menus', sha256: hash('sha256', menuKey, 'hex') }] },
  ];
  const settings = ingestionSettings.parse({
    DATABASE_URL: database.urlFor('ingestion'),
    NATS_URL: 'nats://127.0.0.1:9',
    PORT: '0',
    LOG_FILE: logFile,
    NODE_ENV: 'test',
    ADMIN_TOKEN_HASH: hash('sha256', adminToken, 'hex'),
    BOOTSTRAP_SOURCES: JSON.stringify(sources),
    ...more,
  });
  const service: RunningService = await bootService({
    name: 'ingestion',
    schema: 'ingestion',
    settings,
    migrations,
    module: IngestionModule,
    http: { port: 0, configure: (app) => configureHttp(app, settings) },
  });
  const owner = new Client({ connectionString: database.url });
  owner.on('error', () => undefined);
  await owner.connect();
  const api = `http://127.0.0.1:${service.httpPort}`;
  const read = async <Body>(answer: Response): Promise<Body> => {
    const text = await answer.text();
    try {
      return JSON.parse(text) as Body;
    } catch {
      return text as Body;
    }
  };
  return {
    api,
    database,
    owner,
    post: async (where, body, headers = {}) => {
      const raw = typeof body === 'string' || Buffer.isBuffer(body);
      const answer = await fetch(api + where, {
        method: 'POST',
        headers: { authorization: `Bearer ${writeKey}`, 'content-type': 'application/json', ...headers },
        body: raw ? (body as string) : JSON.stringify(body),
      });
      return { status: answer.status, headers: answer.headers, body: await read(answer) };
    },
    get: async (where, token) => {
      const answer = await fetch(api + where, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
      return { status: answer.status, body: await read(answer) };
    },
    rows: async (text, values) => (await owner.query(text, values)).rows,
    log: () => readFileSync(logFile, 'utf8'),
    stop: async () => {
      await service.stop();
      await owner.end();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
