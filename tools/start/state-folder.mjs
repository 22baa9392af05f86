// `.throughline/`: everything the embedded stack keeps, and nothing else. Files with secrets are readable by the owner alone and are replaced whole.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandLineOf, isAlive } from './processes.mjs';

/** The folder of one installation: `.throughline` of the clone, unless THROUGHLINE_STATE names another. */
export const stateFolderOf = (root) => path.resolve(process.env.THROUGHLINE_STATE || path.join(root, '.throughline'));

export function makeStateFolder(root) {
  const folder = stateFolderOf(root);
  mkdirSync(path.join(folder, 'logs'), { recursive: true });
  return realpathSync(folder);
}

function writePrivately(file, value) {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

function readJson(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // half a file of a machine that lost power: made anew
  }
}

const token = (prefix) => `${prefix}_${randomBytes(24).toString('base64url')}`;

/**
 * Passwords, keys and tokens of this installation: made once, kept for good. `writeKey` belongs to the source `default`, `writeKeys` holds one for each of `sources`;
 * `firstAdminToken` makes the first user of the admin app; `logins` holds a password for each of `logins`.
 * @param {string} folder
 * @param {readonly string[]} roles
 * @param {readonly string[]} [sources]
 * @param {readonly string[]} [logins]
 * @returns {{ writeKey: string, surveyKey: string, readToken: string, adminToken: string, firstAdminToken: string, writeKeys: Record<string, string>, logins: Record<string, string>, passwords: Record<string, string> }}
 */
export function secretsOf(folder, roles, sources = [], logins = []) {
  const file = path.join(folder, 'secrets.json');
  const kept = readJson(file) ?? {};
  const secrets = {
    writeKey: kept.writeKey ?? token('wk'),
    surveyKey: kept.surveyKey ?? token('wk'),
    readToken: kept.readToken ?? token('rt'),
    adminToken: kept.adminToken ?? token('at'),
    firstAdminToken: kept.firstAdminToken ?? token('fa'),
    writeKeys: { ...kept.writeKeys, ...Object.fromEntries(sources.map((source) => [source, kept.writeKeys?.[source] ?? token('wk')])) },
    logins: { ...kept.logins, ...Object.fromEntries(logins.map((login) => [login, kept.logins?.[login] ?? randomBytes(12).toString('base64url')])) },
    passwords: { ...kept.passwords, ...Object.fromEntries(roles.map((role) => [role, kept.passwords?.[role] ?? randomBytes(24).toString('base64url')])) },
  };
  writePrivately(file, secrets);
  return secrets;
}

/** `run.json`: where a running stack is, from ready until stop. */
export const runFile = {
  path: (folder) => path.join(folder, 'run.json'),
  read: (folder) => readJson(runFile.path(folder)),
  write: (folder, facts) => writePrivately(runFile.path(folder), facts),
  remove: (folder) => rmSync(runFile.path(folder), { force: true }),
};

/** `demo.json`: which demo data this database holds, so that it is not loaded twice. */
export const demoFile = {
  read: (folder) => readJson(path.join(folder, 'demo.json')),
  write: (folder, facts) => writePrivately(path.join(folder, 'demo.json'), facts),
};

/** One supervisor per folder. Returns null when the lock was taken, else the pid of the one that holds it. A lock whose process is gone, or is something else by now, is taken over. */
export function takeLock(folder) {
  const file = path.join(folder, 'supervisor.json');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: 'wx', mode: 0o600 });
      return null;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = readJson(file)?.pid;
    if (holder && holder !== process.pid && isAlive(holder) && commandLineOf(holder).includes('start.mjs')) return holder;
    rmSync(file, { force: true });
  }
  throw new Error(`The lock ${file} could not be taken.`);
}

export function releaseLock(folder) {
  const file = path.join(folder, 'supervisor.json');
  if (readJson(file)?.pid === process.pid) rmSync(file, { force: true });
}
