// Child processes of the embedded stack: each in a process group of its own, so that Ctrl-C reaches the supervisor alone, and each with its output in a file, so that it outlives a killed supervisor.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !isZombie(pid);
}

function isZombie(pid) {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The command line of a process as one line; empty when there is none. */
export function commandLineOf(pid) {
  if (existsSync('/proc/self/cmdline')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    } catch {
      return '';
    }
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/** Every process whose command line holds `marker` (an absolute path of this clone), but for this one. */
export function processesNaming(marker) {
  const pids = existsSync('/proc/self/cmdline')
    ? readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
    : (spawnSync('ps', ['-axo', 'pid='], { encoding: 'utf8' }).stdout ?? '').split('\n').map(Number).filter(Boolean);
  return pids.filter((pid) => pid !== process.pid && pid !== process.ppid && commandLineOf(pid).includes(marker));
}

/** Asks a process to end and waits; kills it when it has not gone within `patienceMs`. Returns whether it had to be killed. */
export async function end(pid, patienceMs = 15_000, polite = 'SIGTERM') {
  const signal = (name) => {
    try {
      process.kill(pid, name);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  signal(polite);
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(25)) if (!isAlive(pid)) return false;
  signal('SIGKILL');
  for (const deadline = Date.now() + 5_000; Date.now() < deadline; await sleep(25)) if (!isAlive(pid)) break;
  return true;
}

const logLimitBytes = 50 * 1024 * 1024;

/** A log file to append to; a full one moves aside first. */
export function openLog(file) {
  if (existsSync(file) && statSync(file).size > logLimitBytes) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** Starts a program in its own process group with its output appended to `logFile`. Resolves once it runs. */
export function launch({ command, args, env, logFile, cwd }) {
  const log = openLog(logFile);
  try {
    return spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

/**
 * Keeps one program running: starts it again when it ends by itself, after 0.5 s, 1 s, 2 s … 30 s; a minute without an end starts the count anew.
 * @param {{ command: string, args: string[], env?: NodeJS.ProcessEnv, logFile: string, cwd?: string }} program
 * @param {{ onStart?: (pid: number | undefined) => void, onEnd?: (end: { how: string, failures: number, waitMs: number }) => void }} [hear]
 */
export function keepRunning(program, { onStart = () => {}, onEnd = () => {} } = {}) {
  let child;
  let stopping = false;
  let failures = 0;
  let timer;
  const start = () => {
    const startedAt = Date.now();
    child = launch(program);
    onStart(child.pid);
    const ended = (how) => {
      if (stopping) return;
      failures = Date.now() - startedAt > 60_000 ? 1 : failures + 1;
      const waitMs = Math.min(30_000, 500 * 2 ** (failures - 1));
      onEnd({ how, failures, waitMs });
      timer = setTimeout(start, waitMs);
    };
    child.once('error', (error) => ended(error.message));
    child.once('exit', (code, signal) => ended(signal ? `ended by ${signal}` : `ended with code ${code}`));
  };
  start();
  return {
    pid: () => child?.pid,
    failures: () => failures,
    /** Stops for good; resolves to true when it had to be killed. */
    async stop(patienceMs) {
      stopping = true;
      clearTimeout(timer);
      return child?.pid !== undefined && isAlive(child.pid) ? end(child.pid, patienceMs) : false;
    },
  };
}
