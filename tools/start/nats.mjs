// Finds or fetches nats-server and starts it with JetStream on disk. Plain JavaScript, so that `npm start` and the tests share it.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const release = '2.14.4';
const releases = 'https://github.com/nats-io/nats-server/releases/download';

/** `[2, 10, 27]` of a nats-server binary, or undefined when it does not run. */
function versionOf(binary) {
  const result = spawnSync(binary, ['--version'], { encoding: 'utf8', timeout: 5_000 });
  const match = result.status === 0 ? /v?(\d+)\.(\d+)\.(\d+)/.exec(result.stdout + result.stderr) : null;
  return match ? match.slice(1, 4).map(Number) : undefined;
}

const atLeast = (version, major, minor) => version !== undefined && (version[0] > major || (version[0] === major && version[1] >= minor));

function keep(file, cached) {
  fs.mkdirSync(path.dirname(cached), { recursive: true });
  const fresh = `${cached}.${process.pid}`;
  fs.copyFileSync(file, fresh);
  fs.chmodSync(fresh, 0o755);
  fs.renameSync(fresh, cached);
}

async function download(url, bytesTimeoutMs) {
  const connected = new AbortController();
  const timer = setTimeout(() => connected.abort(), 5_000);
  const response = await fetch(url, { signal: connected.signal }).finally(() => clearTimeout(timer));
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const body = response.arrayBuffer();
  return Buffer.from(
    await Promise.race([body, sleep(bytesTimeoutMs, undefined, { ref: false }).then(() => Promise.reject(new Error(`${url} took too long`)))]),
  );
}

/** The official archive of this platform, checked against the checksums of the same release. */
async function fromRelease(cached) {
  const platform = `${process.platform}-${{ x64: 'amd64', arm64: 'arm64' }[process.arch] ?? process.arch}`;
  const name = `nats-server-v${release}-${platform}`;
  const sums = (await download(`${releases}/v${release}/SHA256SUMS`, 10_000)).toString('utf8');
  const expected = sums
    .split('\n')
    .find((line) => line.endsWith(`${name}.tar.gz`))
    ?.split(/\s+/)[0];
  if (!expected) throw new Error(`the release has no archive for ${platform}`);
  const archive = await download(`${releases}/v${release}/${name}.tar.gz`, 120_000);
  if (createHash('sha256').update(archive).digest('hex') !== expected) throw new Error('the archive does not match its checksum');
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'throughline-nats-'));
  try {
    fs.writeFileSync(path.join(dir, 'archive.tar.gz'), archive);
    await run('tar', ['-xzf', 'archive.tar.gz'], { cwd: dir });
    keep(path.join(dir, name, 'nats-server'), cached);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

/** The Debian mirror that the machine's own package sources name. */
function debianMirror() {
  const dir = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...(fs.existsSync(dir) ? fs.readdirSync(dir).map((file) => path.join(dir, file)) : [])];
  const words = files.filter((file) => fs.existsSync(file)).flatMap((file) => fs.readFileSync(file, 'utf8').split(/\s+/));
  return words.find((word) => /^https?:\/\/\S*\/debian\/?$/.test(word));
}

/** nats-server of one suite (or of the machine's own sources), downloaded by apt with lists of its own and unpacked: no root, nothing installed. */
async function fromApt(cached, suite) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'throughline-apt-'));
  try {
    fs.mkdirSync(path.join(dir, 'lists', 'partial'), { recursive: true });
    const options = [
      `Dir::State::lists=${dir}/lists`,
      'Dir::Cache::pkgcache=',
      'Dir::Cache::srcpkgcache=',
      `Dir::Cache::archives=${dir}`,
      'Debug::NoLocking=1',
      'Acquire::Retries=1',
      'Acquire::http::Timeout=10',
    ];
    options.push('Acquire::Languages=none', 'Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false');
    if (process.getuid?.() === 0) options.push('APT::Sandbox::User=root');
    if (suite) {
      const mirror = debianMirror();
      if (!mirror) throw new Error('the package sources of this machine name no Debian mirror');
      fs.writeFileSync(path.join(dir, 'sources.list'), `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror} ${suite} main\n`);
      options.push(`Dir::Etc::sourcelist=${dir}/sources.list`, 'Dir::Etc::sourceparts=-');
    }
    const apt = (...args) => run('apt-get', [...options.flatMap((option) => ['-o', option]), '-qq', ...args], { cwd: dir, timeout: 90_000 });
    await apt('update');
    await apt('download', 'nats-server');
    const archive = fs.readdirSync(dir).find((file) => file.endsWith('.deb'));
    if (!archive) throw new Error('apt downloaded nothing');
    await run('dpkg', ['-x', archive, 'unpacked'], { cwd: dir });
    keep(path.join(dir, 'unpacked', 'usr', 'sbin', 'nats-server'), cached);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

/**
 * The path of a nats-server: NATS_SERVER_BIN, else one of the PATH (2.10 or newer), else the copy in `cacheDir`, else the official release, else Debian's package unpacked
 * without root (newest suite first), else an old one of the PATH with a warning. Throws a sentence with the ways to get one.
 */
export async function ensureNats({ cacheDir = path.join(repository, '.throughline', 'bin'), log = () => undefined } = {}) {
  const named = process.env.NATS_SERVER_BIN;
  if (named) {
    if (!versionOf(named)) throw new Error(`NATS_SERVER_BIN names ${named}, which does not run as a nats-server.`);
    return named;
  }
  const onPath = versionOf('nats-server');
  if (atLeast(onPath, 2, 10)) return 'nats-server';
  const cached = path.join(cacheDir, 'nats-server');
  if (versionOf(cached)) return cached;
  const ways = [['the official release', () => fromRelease(cached)]];
  if (spawnSync('apt-get', ['--version']).status === 0) {
    if (fs.existsSync('/usr/share/keyrings/debian-archive-keyring.gpg'))
      for (const suite of ['forky', 'sid', 'trixie']) ways.push([`Debian ${suite}`, () => fromApt(cached, suite)]);
    ways.push(['the package sources of this machine', () => fromApt(cached)]);
  }
  const refusals = [];
  for (const [name, fetchIt] of ways) {
    try {
      await fetchIt();
      const version = versionOf(cached);
      if (!version) throw new Error('it does not run here');
      log(`nats-server ${version.join('.')} fetched from ${name}`);
      if (!atLeast(version, 2, 10))
        log('This nats-server is older than 2.10 and has known vulnerabilities: for development only. Set NATS_SERVER_BIN to a newer one.');
      return cached;
    } catch (error) {
      fs.rmSync(cached, { force: true });
      refusals.push(
        `${name}: ${String(error.stderr || error.message)
          .trim()
          .split('\n')
          .at(-1)}`,
      );
    }
  }
  if (onPath) {
    log(
      `nats-server ${onPath.join('.')} of the PATH is older than 2.10 and has known vulnerabilities: for development only. Set NATS_SERVER_BIN to a newer one.`,
    );
    return 'nats-server';
  }
  throw new Error(
    `No nats-server was found or could be fetched (${refusals.join('; ')}). Install nats-server 2.10 or newer so that it is on the PATH, or set NATS_SERVER_BIN to its path, or set NATS_URL to a running server with JetStream.`,
  );
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Stops a server that a killed run left over. Only one whose command line names this very configuration is touched. */
async function takeOver(pidFile, conf) {
  if (!fs.existsSync(pidFile)) return;
  const pid = Number(fs.readFileSync(pidFile, 'utf8'));
  let command = [];
  try {
    command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // not alive any more
  }
  if (command.includes(conf)) {
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 50) await sleep(50);
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await sleep(50);
  }
  fs.rmSync(pidFile, { force: true });
}

/**
 * Starts nats-server with JetStream under `dir` on a loopback port and waits until it is ready. Where the version allows it (2.10) a message is on disk before it is acknowledged.
 * Like Postgres it has a process group of its own and lives on when this process dies; the next start takes it over.
 */
export async function start({ dir, port, bin, log, syncAlways = true }) {
  const root = path.resolve(dir);
  fs.mkdirSync(path.join(root, 'store'), { recursive: true, mode: 0o700 });
  const binary = bin ?? (await ensureNats({ log }));
  const version = versionOf(binary);
  const conf = path.join(root, 'nats.conf');
  const pidFile = path.join(root, 'nats.pid');
  const logFile = path.join(root, 'nats.log');
  await takeOver(pidFile, conf);
  const sync = syncAlways && atLeast(version, 2, 10) ? '  sync_interval: always\n' : '';
  fs.writeFileSync(
    conf,
    `server_name: throughline\nlisten: "127.0.0.1:${port}"\nmax_payload: 1MB\njetstream {\n  store_dir: ${JSON.stringify(path.join(root, 'store'))}\n  max_memory_store: 64MB\n  max_file_store: 4GB\n${sync}}\n`,
    { mode: 0o600 },
  );
  fs.writeFileSync(logFile, '', { flag: 'a', mode: 0o600 });
  const from = fs.statSync(logFile).size;
  const fd = fs.openSync(logFile, 'a');
  const child = spawn(binary, ['-c', conf], { stdio: ['ignore', fd, fd], detached: true, cwd: root });
  fs.closeSync(fd);
  let over = false;
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: 1, signal: null, error }));
  }).then((result) => {
    over = true;
    return result;
  });
  if (child.pid) fs.writeFileSync(pidFile, String(child.pid));
  const said = () => fs.readFileSync(logFile).subarray(from).toString('utf8');
  for (const startedAt = Date.now(); !said().includes('Server is ready'); await sleep(15)) {
    if (!over && Date.now() - startedAt < 30_000) continue;
    if (!over) process.kill(child.pid, 'SIGKILL');
    throw new Error(`nats-server did not start in ${root}: ${said().trim().slice(-2_000) || 'no word from it'}`);
  }
  child.unref();
  return {
    pid: child.pid,
    port,
    url: `nats://127.0.0.1:${port}`,
    version: version?.join('.') ?? 'unknown',
    exited,
    stop: async () => {
      child.ref();
      if (!over) process.kill(child.pid, 'SIGTERM');
      const result = await Promise.race([exited, sleep(10_000, 'late', { ref: false })]);
      if (result === 'late' && !over) process.kill(child.pid, 'SIGKILL');
      await exited;
      fs.rmSync(pidFile, { force: true });
    },
  };
}
