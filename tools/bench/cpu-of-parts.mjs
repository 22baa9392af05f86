// The processor time that each part of a rig has used so far, in seconds: services by name, Postgres by the role it works for, the client, and what nobody used. From /proc, so on Linux alone; elsewhere empty.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = () => Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

function processTable() {
  const table = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // The name in brackets may hold anything: what counts comes after the last bracket.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      table.set(Number(pid), {
        parent: Number(fields[1]),
        ticks: Number(fields[11]) + Number(fields[12]),
        title: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
      });
    } catch {
      // It ended while we looked.
    }
  }
  return table;
}

/** @returns {Map<string, number>} seconds by part. Backends that have ended are not counted. */
export function cpuOfParts(rig) {
  const parts = new Map();
  if (process.platform !== 'linux') return parts;
  const second = ticksPerSecond();
  const add = (part, ticks) => parts.set(part, (parts.get(part) ?? 0) + ticks / second);
  const client = process.cpuUsage();
  parts.set('the client', (client.user + client.system) / 1e6);
  const [, , , , idle, waiting] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).map(Number);
  add('idle', idle + waiting);
  const table = processTable();
  for (const [service, child] of rig.children) if (table.has(child.pid)) add(service, table.get(child.pid).ticks);
  for (const [pid, { parent, ticks, title }] of table) {
    if (pid === rig.nats.pid) add('NATS', ticks);
    if (pid === rig.postgres.pid) add('Postgres itself', ticks);
    if (parent === rig.postgres.pid) add(/postgres: tl_(\w+)/.exec(title)?.[1].replace(/^/, 'Postgres for ') ?? 'Postgres itself', ticks);
  }
  return parts;
}

/** What was used between two looks, in µs for each of `count` events, largest first. */
export function cpuPerEvent(before, after, count) {
  return [...after]
    .map(([part, seconds]) => [part, ((seconds - (before.get(part) ?? 0)) * 1e6) / count])
    .filter(([, micros]) => micros >= 1)
    .sort((a, b) => b[1] - a[1]);
}

/** In words, for the report; nothing where nothing could be read. */
export const tellCpu = (cpu) =>
  cpu.length === 0 ? [] : [`    processor time, µs an event: ${cpu.map(([part, micros]) => `${part} ${micros.toFixed(0)}`).join(', ')}`];
