import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { releaseLock, runFile, secretsOf, takeLock } from './state-folder.mjs';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-state-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the state folder', () => {
  it('makes keys and passwords once, each different, readable by the owner alone', () => {
    const first = secretsOf(folder, ['tl_identity', 'tl_ingestion']);
    expect(secretsOf(folder, ['tl_identity', 'tl_ingestion'])).toEqual(first);
    expect(new Set([first.writeKey, first.readToken, first.adminToken, ...Object.values(first.passwords)]).size).toBe(5);
    expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('gives a new role a password and leaves the others theirs', () => {
    const first = secretsOf(folder, ['tl_identity']);
    const second = secretsOf(folder, ['tl_identity', 'tl_scoring']);
    expect(second.passwords.tl_identity).toBe(first.passwords.tl_identity);
    expect(second.passwords.tl_scoring).toBeTruthy();
  });

  it('makes the password of each login once, and the token of the first admin', () => {
    const first = secretsOf(folder, [], [], ['manager', 'admin']);
    expect(Object.keys(first.logins)).toEqual(['manager', 'admin']);
    expect(Math.min(...Object.values(first.logins).map(({ length }) => length))).toBeGreaterThanOrEqual(12);
    expect(secretsOf(folder, [], [], ['admin', 'qa'])).toMatchObject({ logins: first.logins, firstAdminToken: first.firstAdminToken });
  });

  it('shows where the stack runs to its owner alone, until it stops', () => {
    runFile.write(folder, { api: 'http://127.0.0.1:1' });
    expect(statSync(runFile.path(folder)).mode & 0o777).toBe(0o600);
    expect(runFile.read(folder)).toEqual({ api: 'http://127.0.0.1:1' });
    runFile.remove(folder);
    expect(runFile.read(folder)).toBeUndefined();
  });

  it('takes over the lock of a supervisor that was killed, even when its number belongs to another program now', () => {
    for (const pid of [2 ** 22 + 1, 1]) {
      writeFileSync(path.join(folder, 'supervisor.json'), JSON.stringify({ pid }));
      expect(takeLock(folder)).toBeNull();
      expect(JSON.parse(readFileSync(path.join(folder, 'supervisor.json'), 'utf8'))).toEqual({ pid: process.pid });
    }
    releaseLock(folder);
    expect(takeLock(folder)).toBeNull();
  });

  it('survives half a file', () => {
    writeFileSync(path.join(folder, 'secrets.json'), '{"writeKey": "w');
    expect(secretsOf(folder, []).writeKey).toMatch(/^wk_/);
  });
});
