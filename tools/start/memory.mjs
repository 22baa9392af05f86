// `npm run memory`: what the running stack holds in memory, part by part. Shared pages are counted once, divided among those who share them (PSS, Linux only). Fails above the bar of 1.5 GB.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runFile, stateFolderOf } from './state-folder.mjs';

const barBytes = 1.5 * 1024 ** 3;

function childrenByParent() {
  const children = new Map();
  for (const pid of readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)) {
    const stat = read(`/proc/${pid}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // gone meanwhile
  }
}

/** The proportional set size of one process in bytes; 0 when it has gone. */
export function memoryOf(pid) {
  const rollup = read(`/proc/${pid}/smaps_rollup`);
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(rollup) ?? /^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`));
  return kilobytes ? Number(kilobytes[1]) * 1024 : 0;
}

/** Memory of each part in bytes, its child processes included; a part that is a child of another counts by itself. */
export function memoryOfParts(pids) {
  const children = childrenByParent();
  const named = new Set(Object.values(pids));
  const sum = (pid) => memoryOf(pid) + (children.get(pid) ?? []).filter((child) => !named.has(child)).reduce((total, child) => total + sum(child), 0);
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, sum(pid)]));
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const facts = runFile.read(stateFolderOf(path.join(path.dirname(fileURLToPath(import.meta.url)), '../..')));
  if (!facts) {
    console.error('Throughline does not run here: start it with `npm start`, then ask again.');
    process.exit(1);
  }
  const parts = memoryOfParts(facts.pids);
  const megabytes = (bytes) => `${(bytes / 1024 ** 2).toFixed(0).padStart(6)} MB`;
  for (const [name, bytes] of Object.entries(parts)) console.log(`${name.padEnd(16)} ${megabytes(bytes)}`);
  const total = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
  console.log(`${'all parts'.padEnd(16)} ${megabytes(total)}  (allowed: ${megabytes(barBytes).trim()})`);
  process.exitCode = total > barBytes ? 1 : 0;
}
