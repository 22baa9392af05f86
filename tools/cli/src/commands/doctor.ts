import { statfs } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import type { Command } from 'commander';
import pg from 'pg';
import type { Context } from '../context';
import { parseMetrics, sumOf } from '../metrics-text';

type Finding = { readonly ok: boolean; readonly words: string };
const fine = (words: string): Finding => ({ ok: true, words });
const wrong = (words: string): Finding => ({ ok: false, words });
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message || String((error as { code?: string }).code) : String(error));

async function checkDisk(root: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(root);
  const free = (bavail * bsize) / 1e9;
  return free > 2
    ? fine(`${free.toFixed(0)} GB of disk are free`)
    : wrong(`Only ${free.toFixed(1)} GB of disk are free: Postgres stops when none are left. Make room in ${path.resolve(root)}.`);
}

async function checkDatabase(url: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; commit: string; fsync: string; ahead: number; connections: number; most: number }>(
      `select current_setting('server_version') as version, current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync,
              (extract(epoch from clock_timestamp()) * 1000)::float8 as ahead, (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
              current_setting('max_connections')::int as most`,
    );
    const [row] = rows;
    if (!row) return [wrong('Postgres answers without a row.')];
    const skewMs = Math.abs(row.ahead - Date.now());
    return [
      Number(row.version.split('.')[0]) >= 16 ? fine(`Postgres ${row.version} answers`) : wrong(`Postgres ${row.version} is too old: 16 or newer is needed.`),
      row.commit !== 'off' && row.fsync === 'on'
        ? fine('What is accepted is on disk before it is confirmed')
        : wrong('synchronous_commit or fsync is off: an accepted event could be lost. Switch both on.'),
      skewMs < 2_000
        ? fine('The clocks of Postgres and this machine agree')
        : wrong(`The clocks of Postgres and this machine are ${Math.round(skewMs / 1000)} s apart: let both follow a time server.`),
      row.connections < row.most * 0.9
        ? fine(`${row.connections} of ${row.most} connections are in use`)
        : wrong(`${row.connections} of ${row.most} connections are in use: raise max_connections.`),
    ];
  } catch (error) {
    return [wrong(`Postgres does not answer (${reasonOf(error)}): see .throughline/postgres/postgres.log, or stop and start Throughline again.`)];
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** NATS says who it is before anything is asked. */
function checkNats(url: string): Promise<Finding> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = net.connect({ host: hostname, port: Number(port || 4222), timeout: 5_000 });
    const say = (finding: Finding) => {
      socket.destroy();
      resolve(finding);
    };
    socket.once('data', (chunk) => {
      const info = /^INFO (\{.*\})/.exec(chunk.toString('utf8'))?.[1];
      const { version, jetstream } = info ? (JSON.parse(info) as { version?: string; jetstream?: boolean }) : {};
      say(jetstream ? fine(`NATS ${version} answers, JetStream is on`) : wrong(`NATS ${version ?? ''} answers without JetStream: start it with -js.`));
    });
    socket.once('timeout', () => say(wrong(`NATS at ${hostname}:${port} is silent: see .throughline/nats/nats.log.`)));
    socket.once('error', (error) => say(wrong(`NATS does not answer (${reasonOf(error)}): see .throughline/nats/nats.log.`)));
  });
}

async function checkService(name: string, health: string): Promise<Finding[]> {
  try {
    const ready = await fetch(`${health}/ready`, { signal: AbortSignal.timeout(5_000) });
    if (!ready.ok) return [wrong(`${name} is not ready: ${(await ready.text()).slice(0, 300)}. See .throughline/logs/${name}.log.`)];
    const page = await fetch(`${health}/metrics`, { signal: AbortSignal.timeout(5_000) });
    const unaccounted = page.ok ? sumOf(parseMetrics(await page.text()), 'tl_unaccounted_events') : undefined;
    return [
      fine(`${name} is ready`),
      ...(unaccounted
        ? [wrong(`${unaccounted} accepted events are not accounted for by ${name}: wait a minute; if they stay, see .throughline/logs/${name}.log.`)]
        : []),
    ];
  } catch (error) {
    return [wrong(`${name} does not answer (${reasonOf(error)}): see .throughline/logs/${name}.log.`)];
  }
}

export function doctorCommand(program: Command, context: Context): void {
  program
    .command('doctor')
    .description('what is wrong, in sentences, with the way to mend it')
    .action(async () => {
      const { stack } = context;
      const findings = [
        fine(`Node ${process.version}`),
        await checkDisk(context.root),
        ...(stack.databaseUrl ? await checkDatabase(stack.databaseUrl) : []),
        ...(stack.natsUrl ? [await checkNats(stack.natsUrl)] : []),
        ...(await Promise.all(Object.entries(stack.health).map(([name, health]) => checkService(name, health)))).flat(),
      ];
      for (const { ok, words } of findings) context.say(`${ok ? context.ink.good('✓') : context.ink.bad('✗')} ${words}`);
      const bad = findings.filter(({ ok }) => !ok).length;
      context.say(bad === 0 ? '\nAll is well.' : `\n${bad} to mend.`);
      if (bad > 0) process.exitCode = 1;
    });
}
