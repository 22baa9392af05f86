// A real stack of its own for faults, benches and stories, every part under control: Postgres, NATS and the services are started, killed, frozen and started again by the caller, never by a supervisor's kindness.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { start as startNats } from './nats.mjs';
import { freePort, usualPorts } from './ports.mjs';
import { start as startPostgres } from './postgres.mjs';
import { end, isAlive, launch, sleep } from './processes.mjs';
import { environmentOf, nodeFlags, roles, services } from './services.mjs';
import { secretsOf } from './state-folder.mjs';

const run = promisify(execFile);

/** Never the usual ports: several rigs, and a stack that somebody works with, run side by side. */
async function anyPorts() {
  const ports = {};
  for (const name of Object.keys(usualPorts)) ports[name] = await freePort(0, new Set(Object.values(ports)));
  return ports;
}

export class Rig {
  /** Restarts each service when it ends by itself, as any supervisor would, after this long. */
  restartMs = 300;
  children = new Map();
  starts = {};
  held = new Set();
  stopping = false;

  static async build(root, { settings = {}, build = false } = {}) {
    if (build) await run(process.execPath, [path.join(root, 'tools/build/build-all.mjs')], { cwd: root });
    const rig = new Rig();
    rig.root = root;
    rig.settings = settings;
    rig.folder = mkdtempSync(path.join(tmpdir(), 'throughline-rig-'));
    mkdirSync(path.join(rig.folder, 'logs'), { recursive: true });
    rig.ports = await anyPorts();
    rig.secrets = secretsOf(rig.folder, roles);
    await Promise.all([rig.startPostgres(), rig.startNats()]);
    const admin = new pg.Client({ connectionString: rig.postgres.url });
    await admin.connect();
    await admin.query('create database throughline');
    await admin.end();
    const url = new URL(rig.postgres.url);
    url.pathname = '/throughline';
    rig.databaseUrl = url.href;
    const passwords = Object.fromEntries(Object.entries(rig.secrets.passwords).map(([role, password]) => [`${role.toUpperCase()}_PASSWORD`, password]));
    await run(process.execPath, [path.join(root, 'dist/tools/migrate.mjs')], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: rig.databaseUrl, ...passwords },
    });
    rig.pool = new pg.Pool({ connectionString: rig.databaseUrl, max: 4 });
    rig.pool.on('error', () => {});
    for (const service of services) rig.startService(service);
    await rig.untilReady();
    return rig;
  }

  get api() {
    return `http://127.0.0.1:${this.ports.api}`;
  }

  get adminApi() {
    return `http://127.0.0.1:${this.ports['admin-api']}`;
  }

  async startPostgres(settings = {}) {
    this.postgres = await startPostgres({ dir: path.join(this.folder, 'postgres'), port: this.ports.postgres, settings });
  }

  async startNats() {
    this.nats = await startNats({ dir: path.join(this.folder, 'nats'), port: this.ports.nats });
  }

  /** `extra` is the environment of this one start; a restart after a crash has it no more. */
  startService(service, extra = {}) {
    this.held.delete(service);
    this.starts[service] = (this.starts[service] ?? 0) + 1;
    const environment = environmentOf(service, { databaseUrl: this.databaseUrl, natsUrl: this.nats.url, ports: this.ports, secrets: this.secrets });
    const child = launch({
      command: process.execPath,
      args: [...nodeFlags, path.join(this.root, `dist/apps/${service}/main.mjs`)],
      env: { ...environment, ...this.settings[service], ...extra },
      logFile: path.join(this.folder, 'logs', `${service}.log`),
      cwd: this.root,
    });
    this.children.set(service, child);
    child.once('exit', () => {
      if (this.stopping || this.held.has(service) || this.children.get(service) !== child) return;
      setTimeout(() => !this.stopping && !this.held.has(service) && this.startService(service), this.restartMs);
    });
    return child;
  }

  pid(service) {
    return this.children.get(service)?.pid;
  }

  /** Ends a service at once; it comes back by itself unless `hold`. */
  kill(service, { hold = false, signal = 'SIGKILL' } = {}) {
    if (hold) this.held.add(service);
    process.kill(this.pid(service), signal);
  }

  async restartWith(service, extra) {
    this.held.add(service);
    await end(this.pid(service));
    this.startService(service, extra);
    await this.untilReady([service]);
  }

  /** Postmaster and children at once, as when the machine loses its memory. */
  async killPostgres() {
    const { rows } = await this.pool.query('select pid from pg_stat_activity where pid <> pg_backend_pid()').catch(() => ({ rows: [] }));
    for (const pid of [this.postgres.pid, ...rows.map((row) => row.pid)]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // gone with the postmaster
      }
    }
    await this.postgres.exited;
  }

  async killNats() {
    process.kill(this.nats.pid, 'SIGKILL');
    await this.nats.exited;
  }

  async health(service, what) {
    try {
      const response = await fetch(`http://127.0.0.1:${this.ports[`health/${service}`]}/${what}`, { signal: AbortSignal.timeout(3_000) });
      return response.status;
    } catch {
      return 0;
    }
  }

  async metric(service, name) {
    const response = await fetch(`http://127.0.0.1:${this.ports[`health/${service}`]}/metrics`, { signal: AbortSignal.timeout(3_000) });
    const lines = (await response.text()).split('\n').filter((line) => line.startsWith(name) && !line.startsWith('#'));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  async untilReady(which = services, patienceMs = 60_000) {
    for (const deadline = Date.now() + patienceMs; ; await sleep(50)) {
      const states = await Promise.all(which.map((service) => this.health(service, 'ready')));
      if (states.every((status) => status === 200)) return;
      if (Date.now() > deadline) throw new Error(`not ready after ${patienceMs / 1000} s: ${which.filter((_, i) => states[i] !== 200).join(', ')}`);
    }
  }

  query(text, values) {
    return this.pool.query(text, values).then(({ rows }) => rows);
  }

  logs() {
    const folder = path.join(this.folder, 'logs');
    return readdirSync(folder).map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
  }

  async destroy() {
    this.stopping = true;
    await this.pool.end().catch(() => {});
    await Promise.all([...this.children.values()].filter(({ pid }) => pid && isAlive(pid)).map(({ pid }) => (process.kill(pid, 'SIGCONT'), end(pid, 8_000))));
    await this.nats.stop().catch(() => {});
    await this.postgres.stop().catch(() => {});
    rmSync(this.folder, { recursive: true, force: true });
  }
}
