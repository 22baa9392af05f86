// Reads the services' log files as they grow and says in a line what a person should know: warnings and errors. Everything else stays in the files.
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { colour } from './terminal.mjs';

const names = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };
const order = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** A log line (JSON, or plain text of a crash) as one short sentence, or null when it is of no concern on a terminal. */
export function humanLine(name, line) {
  let record;
  try {
    record = JSON.parse(line);
  } catch {
    return /^\s+at |^\s*$|^node:|^\s*\^/.test(line) || !/error|exception|cannot|refused|invalid/i.test(line)
      ? null
      : { level: 'error', text: `${name}: ${line.trim().slice(0, 300)}` };
  }
  if (record === null || typeof record !== 'object') return null;
  const level = names[record.level] ?? String(record.level ?? 'info').toLowerCase();
  if (order.indexOf(level) < order.indexOf('warn')) return null;
  const cause = record.reason ?? record.err?.message ?? record.error?.message;
  const words = [record.msg ?? record.message, cause].filter(Boolean).join(': ') || 'no words';
  return { level, text: `${name}: ${words.replace(/\s+/g, ' ').slice(0, 300)}` };
}

/** Follows `files` (`[name, path]`) from their present end. The same sentence is said once in 30 s. */
export function followLogs(files, print) {
  const ends = new Map(files.map(([name, file]) => [name, existsSync(file) ? sizeOf(file) : 0]));
  const said = new Map();
  const timer = setInterval(() => {
    for (const [name, file] of files) {
      for (const line of newLines(name, file, ends)) {
        const seen = humanLine(name, line);
        if (!seen) continue;
        const last = said.get(seen.text) ?? 0;
        if (Date.now() - last < 30_000) continue;
        said.set(seen.text, Date.now());
        print(`${seen.level === 'warn' ? colour.warn('▲') : colour.bad('✗')} ${seen.text} ${colour.dim(`(${path.relative(process.cwd(), file)})`)}`);
      }
    }
    if (said.size > 500) said.clear();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}

function sizeOf(file) {
  const handle = openSync(file, 'r');
  try {
    return fstatSync(handle).size;
  } finally {
    closeSync(handle);
  }
}

function newLines(name, file, ends) {
  if (!existsSync(file)) return [];
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const from = size < ends.get(name) ? 0 : ends.get(name); // a shorter file is a new one
    if (size === from) return [];
    const chunk = Buffer.alloc(Math.min(size - from, 1024 * 1024));
    const read = readSync(handle, chunk, 0, chunk.length, from);
    const complete = chunk.subarray(0, read).lastIndexOf(10) + 1;
    ends.set(name, complete > 0 ? from + complete : from + (read === 1024 * 1024 ? read : 0));
    return chunk.subarray(0, complete).toString('utf8').split('\n').filter(Boolean);
  } finally {
    closeSync(handle);
  }
}

/** The last words of a log, for the sentence that says why something did not start. */
export function lastWords(file, lines = 3) {
  if (!existsSync(file)) return '';
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const length = Math.min(size, 16_384);
    const chunk = Buffer.alloc(length);
    readSync(handle, chunk, 0, length, size - length);
    return chunk
      .toString('utf8')
      .split('\n')
      .filter((line) => line.trim() && !/^\s+at /.test(line))
      .slice(-lines)
      .map((line) => humanLine('', line)?.text.replace(/^: /, '') ?? line.slice(0, 300))
      .join('\n');
  } finally {
    closeSync(handle);
  }
}
