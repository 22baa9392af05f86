// The embedded stack as one thing: Postgres, NATS, the programs, the migrated database, the services. Started in order, watched, stopped in the opposite order.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { demoKeysFile, demoSources } from './demo.mjs';
import { lastWords } from './log-view.mjs';
import { startMailCatcher } from './mail-catcher.mjs';
import { start as startNats } from './nats.mjs';
import { demoRoles } from './people.mjs';
import { choosePorts, freePort, isTaken, onFreePort, usualPorts } from './ports.mjs';
import { start as startPostgres } from './postgres.mjs';
import { end, keepRunning, processesNaming, sleep } from './processes.mjs';
import { addressAs, environmentOf, nodeFlags, roleOf, roles, services } from './services.mjs';
import { secretsOf } from './state-folder.mjs';

const run = promisify(execFile);
const readyPatienceMs = 60_000;

const reasonOf = (error) => (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1);

/** Said to every service for one purpose: so that a later start finds it by its command line. */
const stackArgument = (folder) => `--stack=${folder}${path.sep}`;

/** Ends what a killed supervisor left running: the services and the demo of this state folder, then its NATS and its Postgres, all found by their command lines. */
export async function clearLeftovers(folder) {
  let ended = 0;
  const endAll = async (marker, signal) => {
    const left = processesNaming(marker);
    ended += left.length;
    await Promise.all(left.map((pid) => end(pid, 15_000, signal)));
  };
  await endAll(stackArgument(folder));
  await endAll(demoKeysFile(folder));
  await endAll(path.join(folder, 'nats/nats.conf'));
  await endAll(path.join(folder, 'postgres/data'), 'SIGINT'); // the fast way to end Postgres: clients are cut off
  return ended;
}

/** Keeps a server that this process has started: when it ends by itself it is started again, on the same port. */
async function keepServer(name, startServer, warn) {
  let server = await startServer();
  let stopping = false;
  const watch = () =>
    void server.exited.then(async ({ code, signal }) => {
      for (let waitMs = 500; !stopping; waitMs = Math.min(30_000, waitMs * 2)) {
        warn(`${name} ended (${signal ?? `code ${code}`}): starting it again`);
        try {
          server = await startServer();
          watch();
          warn(`${name} is back`);
          return;
        } catch (error) {
          warn(`${name} did not start: ${reasonOf(error)}`);
          await sleep(waitMs);
        }
      }
    });
  watch();
  return {
    current: () => server,
    stop: () => {
      stopping = true;
      return server.stop();
    },
  };
}

async function ownDatabase(adminUrl) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'throughline'");
    if (rowCount === 0) await client.query('create database throughline');
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.pathname = '/throughline';
  return url.href;
}

async function answers(databaseUrl) {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query('show server_version');
    return rows[0].server_version;
  } catch (cause) {
    throw new Error(`DATABASE_URL does not answer: ${reasonOf(cause)}. Check the address, or unset it to use the Postgres that Throughline brings.`, { cause });
  } finally {
    await client.end().catch(() => {});
  }
}

async function isReady(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(2_000) });
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * The stack of one clone. `step(name, run, describe)` shows each part, `warn(sentence)` says what went wrong while it runs.
 * `start()` resolves with the facts once every service is ready; `stop()` may be called at any time, also half-way through `start()`.
 */
export function embeddedStack({ root, folder, step, warn, port }) {
  const toStop = []; // what runs, in the order in which it was started
  const running = new Map(); // service → keeper
  let stopping;
  let postgres;
  let nats;

  const unlessStopping = () => {
    if (stopping) throw new Error('stopped while starting');
  };

  async function startDatabase() {
    if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, words: `your Postgres ${await answers(process.env.DATABASE_URL)}` };
    const dir = path.join(folder, 'postgres');
    postgres = await onFreePort(usualPorts.postgres, (databasePort) => keepServer('Postgres', () => startPostgres({ dir, port: databasePort }), warn));
    toStop.unshift({ name: 'Postgres', stop: postgres.stop });
    const url = await ownDatabase(postgres.current().url);
    return { url, dir, words: `Postgres ${(await answers(url)).split(' ')[0]} on port ${postgres.current().port}` };
  }

  async function startBroker() {
    if (process.env.NATS_URL) return { url: process.env.NATS_URL, words: `your NATS at ${new URL(process.env.NATS_URL).host}` };
    const dir = path.join(folder, 'nats');
    nats = await onFreePort(usualPorts.nats, (brokerPort) => keepServer('NATS', () => startNats({ dir, port: brokerPort, log: warn }), warn));
    toStop.splice(toStop.findIndex(({ name }) => name === 'Postgres') + 1, 0, { name: 'NATS', stop: nats.stop });
    return { url: nats.current().url, words: `NATS ${nats.current().version} on port ${nats.current().port}` };
  }

  /** Catches the mail of an installation that has no server for it: each message is a file in `mail/`. */
  async function startMail() {
    if (process.env.SMTP_URL) return process.env.SMTP_URL;
    const catcher = await onFreePort(usualPorts.mail, (mailPort) => startMailCatcher({ folder: path.join(folder, 'mail'), port: mailPort }));
    if (!catcher) return undefined;
    toStop.push({ name: 'mail', stop: catcher.stop });
    return catcher.url;
  }

  /** In a process of its own: the compilers would stay in the supervisor's memory for as long as it lives. */
  async function build() {
    const { stdout } = await run(process.execPath, [path.join(root, 'tools/build/build-all.mjs')], { cwd: root }).catch((error) => {
      throw new Error(`The programs could not be built:\n${String(error.stderr || error.message).trim()}`, { cause: error });
    });
    return stdout.trim().replace(/ in .*/, '');
  }

  async function migrate(databaseUrl, secrets) {
    const passwords = Object.fromEntries(Object.entries(secrets.passwords).map(([role, password]) => [`${role.toUpperCase()}_PASSWORD`, password]));
    const args = ['--enable-source-maps', path.join(root, 'dist/tools/migrate.mjs')];
    const { stdout } = await run(process.execPath, args, { cwd: root, env: { ...process.env, DATABASE_URL: databaseUrl, ...passwords } }).catch((error) => {
      throw new Error(
        `The database could not be migrated: ${String(error.stderr || error.message)
          .trim()
          .split('\n')
          .slice(0, 6)
          .join('\n')}`,
        { cause: error },
      );
    });
    return stdout.trim().split('\n').at(-1) ?? '';
  }

  function startService(service, environment) {
    const logFile = logOf(service);
    const keeper = keepRunning(
      {
        command: process.execPath,
        args: [...nodeFlags, path.join(root, `dist/apps/${service}/main.mjs`), stackArgument(folder)],
        env: environment,
        cwd: root,
        logFile,
      },
      {
        onEnd: ({ how, waitMs }) => warn(`${service} ${how}: starting it again in ${waitMs / 1000} s (${path.relative(root, logFile)})`),
      },
    );
    running.set(service, keeper);
    toStop.push({ name: service, stop: keeper.stop });
    return keeper;
  }

  const logOf = (service) => path.join(folder, 'logs', `${service}.log`);

  async function waitUntilReady(ports) {
    const waiting = new Set(services);
    for (const deadline = Date.now() + readyPatienceMs; waiting.size > 0; await sleep(50)) {
      unlessStopping();
      for (const service of waiting) {
        const failures = running.get(service).failures();
        const lostItsPort = failures > 0 && isTaken(lastWords(logOf(service)));
        if (!lostItsPort && (await isReady(ports[`health/${service}`]))) waiting.delete(service);
        else if (lostItsPort || failures >= 4 || Date.now() > deadline)
          throw new Error(`${service} did not become ready. Its last words (${path.relative(root, logOf(service))}):\n${lastWords(logOf(service))}`);
      }
    }
  }

  /** Starts all services and waits for them; with other ports when somebody took one between looking and listening. */
  async function startServices(environmentsWith) {
    for (let attempt = 1; ; attempt++) {
      const ports = await choosePorts(port ? { api: port } : {});
      for (const service of services) startService(service, environmentsWith(ports)(service));
      try {
        await waitUntilReady(ports);
        return ports;
      } catch (error) {
        if (stopping || attempt === 3 || !isTaken(error.message)) throw error;
        await Promise.all([...running.values()].map((keeper) => keeper.stop()));
        toStop.splice(0, toStop.length, ...toStop.filter(({ name }) => !running.has(name)));
        running.clear();
      }
    }
  }

  async function start() {
    if (port && (await freePort(port)) !== port) throw new Error(`Port ${port} is taken: name another with --port, or leave it out.`);
    const [database, broker] = await Promise.all([
      step('Postgres', startDatabase, ({ words }) => words),
      step('NATS', startBroker, ({ words }) => words),
      step('programs', build, (words) => words),
    ]);
    unlessStopping();
    const sources = await demoSources(root);
    const secrets = secretsOf(
      folder,
      roles,
      sources.map(({ name }) => name),
      demoRoles,
    );
    await step(
      'database',
      () => migrate(database.url, secrets),
      (words) => words || 'The database is up to date',
    );
    unlessStopping();
    const smtpUrl = await startMail();
    const ports = await step(
      'services',
      () =>
        startServices(
          (ports) => (service) =>
            environmentOf(service, { databaseUrl: database.url, natsUrl: broker.url, ports, secrets, sources, dataDir: database.dir, smtpUrl }),
        ),
      () => services.join(', '),
    );
    return { databaseUrl: database.url, natsUrl: broker.url, ports, secrets, moved: ports.api !== usualPorts.api && !port };
  }

  /** Process ids of all parts as they are now. */
  const pids = () => ({
    supervisor: process.pid,
    ...(postgres ? { postgres: postgres.current().pid } : {}),
    ...(nats ? { nats: nats.current().pid } : {}),
    ...Object.fromEntries([...running].map(([service, keeper]) => [service, keeper.pid()])),
  });

  /** Services drain first (ingestion before the others), then NATS, then Postgres. */
  async function stopAll() {
    const kindOf = ({ name }) => (name === 'Postgres' ? 3 : name === 'NATS' ? 2 : name === 'ingestion' ? 0 : 1);
    for (const kind of [0, 1, 2, 3]) {
      const parts = toStop.filter((part) => kindOf(part) === kind);
      const killed = await Promise.all(parts.map(async (part) => ((await part.stop()) === true ? part.name : null)));
      for (const name of killed.filter(Boolean)) warn(`${name} did not end by itself and was killed: the next start repairs what it left`);
    }
  }

  return {
    start,
    pids,
    stop: () => (stopping ??= stopAll()),
    addressOf: (facts, service) => addressAs(facts.databaseUrl, roleOf(service), facts.secrets.passwords[roleOf(service)]),
  };
}
