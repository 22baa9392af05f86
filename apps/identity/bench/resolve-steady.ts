import { defaultIdentitySettings, type CanonicalEvent, type Identifier } from '@throughline/contracts';
import { Database, migrate } from '@throughline/database';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { v5 } from 'uuid';
import { freePort, start } from '../../../tools/start/postgres.mjs';
import { migrations } from '../migrations';
import { Resolver } from '../src/resolver';
import { upstreamMigrations } from '../src/test-upstream';

// Prints how many events a second the handler resolves, and what it and Postgres spend on one, on a steady mix of calls and visits.
// node tools/build/bundle.mjs apps/identity/bench/resolve-steady.ts dist/bench/resolve-steady.mjs && node dist/bench/resolve-steady.mjs [customers] [events] [batch]

const [customers = 5_000, total = 100_000, batch = 2_000] = process.argv.slice(2).map(Number);
const namespace = '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a11';
let state = 42;
const random = (below: number): number => {
  state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
  return state % below;
};
const identifier = (kind: Identifier['kind'], value: string, verified = false): Identifier => ({ kind, namespace: '', value, verified, role: 'subject' });

let count = 0;
function event(at: number, more: Partial<CanonicalEvent>): CanonicalEvent {
  const name = `e${count++}`;
  return {
    id: v5(name, namespace),
    revision: 0,
    source: 'bench',
    sourceEventId: name,
    sourceSequence: 0,
    occurredAt: at,
    receivedAt: at,
    system: 'ivr',
    type: 'entered',
    channel: 'voice',
    initiator: 'customer',
    presence: 'live',
    purpose: 'service',
    identifiers: [],
    contactLinks: [],
    issueKeys: [],
    intents: [],
    attributes: { node: 'main', menu: 'standard', language: 'en' },
    ...more,
  };
}

/** One call (12 events) or one visit (8), of a customer with a number, an e-mail, a phone and a browser. */
function contact(at: number): CanonicalEvent[] {
  const who = random(customers);
  const phone = identifier('phone', `+1555${1_000_000 + who}`);
  const key = `${at}-${random(1_000_000)}`;
  const links = [{ kind: 'call' as const, namespace: 'pbx', value: key }];
  if (random(3) > 0) {
    const number = identifier('customerNumber', `C${who}`, true);
    return [
      ...Array.from({ length: 5 }, (_, n) => event(at + n * 4_000, { identifiers: [phone], sessionKey: `ivr-${key}`, contactLinks: links })),
      ...Array.from({ length: 3 }, (_, n) =>
        event(at + 30_000 + n * 20_000, { system: 'acd', type: 'routed', sessionKey: `acd-${key}`, contactLinks: links, queue: 'q1' }),
      ),
      ...Array.from({ length: 4 }, (_, n) =>
        event(at + 100_000 + n * 60_000, {
          system: 'agent',
          type: 'connected',
          identifiers: n === 0 ? [number, phone] : [number],
          sessionKey: `agent-${key}`,
          contactLinks: links,
          agent: `a${random(200)}`,
        }),
      ),
    ];
  }
  const cookie = identifier('cookie', `k${who}`);
  const client = `k${who}`;
  return Array.from({ length: 8 }, (_, n) =>
    event(at + n * 30_000, {
      system: 'web',
      type: 'pageViewed',
      channel: 'web',
      sessionKey: `web-${key}`,
      clientKey: client,
      identifiers: n === 5 ? [cookie, identifier('email', `c${who}@example.com`)] : [cookie],
    }),
  );
}

function stream(from: number, length: number): CanonicalEvent[] {
  const events: CanonicalEvent[] = [];
  for (let n = 0; events.length < length; n++) events.push(...contact(from + n * 200));
  return events.sort((a, b) => a.occurredAt - b.occurredAt).slice(0, length);
}

function cpuOfPostgres(parent: number): number {
  let ticks = 0;
  const all = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').filter(Boolean);
  for (const pid of all) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // Ended meanwhile.
    }
  }
  return ticks * 10;
}

const dir = mkdtempSync(path.join(tmpdir(), 'throughline-bench-'));
const server = await start({
  dir,
  port: await freePort(),
  settings: { shared_buffers: '256MB', max_wal_size: '4GB', shared_preload_libraries: 'pg_stat_statements' },
});
try {
  const url = new URL(server.url);
  await migrate({
    url: url.href,
    migrations: [...upstreamMigrations, ...migrations],
    roles: [
      { name: 'tl_identity', schema: 'identity', password: 'bench' },
      { name: 'tl_ingestion', schema: 'ingestion', password: 'bench' },
    ],
  });
  url.username = 'tl_identity';
  url.password = 'bench';
  const database = await Database.open({ url: url.href, applicationName: 'bench', schema: 'identity' });
  const owner = new Client({ connectionString: server.url });
  await owner.connect();
  await owner.query('create extension pg_stat_statements');
  const resolver = new Resolver(
    database,
    { resolved: () => undefined, failed: (id, error) => console.error(id, error) },
    { refuse: () => undefined, accept: () => undefined },
    defaultIdentitySettings,
    { events: batch, leaseMs: 60_000, flushEvents: 20_000 },
  );
  const accept = async (events: readonly CanonicalEvent[]): Promise<void> => {
    for (let n = 0; n < events.length; n += 5_000)
      await owner.query(
        `insert into ingestion.event select (e->>'id')::uuid, 0, 'bench', to_timestamp((e->>'occurredAt')::float8 / 1000), now(), e from json_array_elements($1::json) as r (e)`,
        [JSON.stringify(events.slice(n, n + 5_000))],
      );
  };
  const run = async (name: string, events: readonly CanonicalEvent[]): Promise<void> => {
    await accept(events);
    await owner.query('checkpoint');
    const ids = events.map(({ id }) => id);
    const [cpu, postgres, startedAt] = [process.cpuUsage(), cpuOfPostgres(server.pid), performance.now()];
    for (let n = 0; n < ids.length; n += batch) await resolver.resolve(ids.slice(n, n + batch).sort());
    const ms = performance.now() - startedAt;
    const used = process.cpuUsage(cpu);
    const per = (micros: number): string => `${(micros / ids.length).toFixed(1)} µs`;
    console.log(
      `${name}: ${Math.round((ids.length / ms) * 1000)} events/s; an event costs ${per(ms * 1000)}: node ${per(used.user + used.system)}, postgres ${per((cpuOfPostgres(server.pid) - postgres) * 1000)}`,
    );
  };
  const noon = Date.UTC(2026, 2, 2, 12);
  await run('first events', stream(noon, total));
  await owner.query('select pg_stat_statements_reset()');
  await run('steady', stream(noon + 2 * 86_400_000, total));
  const statements = await owner.query<{ ms: number; calls: number; rows: number; query: string }>(
    `select total_exec_time as ms, calls::int, rows::int, left(regexp_replace(query, '\\s+', ' ', 'g'), 110) as query from pg_stat_statements order by 1 desc limit 16`,
  );
  for (const { ms, calls, rows, query } of statements.rows)
    console.log(`${ms.toFixed(0).padStart(6)} ms ${String(calls).padStart(5)} calls ${String(rows).padStart(7)} rows  ${query}`);
  await resolver.close();
  await owner.end();
  await database.close();
} finally {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
